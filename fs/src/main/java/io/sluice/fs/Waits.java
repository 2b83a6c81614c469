package io.sluice.fs;

import io.sluice.store.StoreException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waiting for what another thread asks the store: with a limit, and with its failures. */
final class Waits {
  private Waits() {}

  /**
   * The answer, or the failure of the one who asked for it.
   *
   * @param what for the message
   * @throws StoreException.Unavailable where it does not come in time
   */
  static <V> V forAnswer(Future<V> answer, Duration limit, String what) throws StoreException {
    try {
      return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException failure) throw failure;
      throw new IllegalStateException("asking for " + what + " failed", e.getCause());
    } catch (TimeoutException e) {
      throw new StoreException.Unavailable("no answer for " + what + " within " + limit, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException.Unavailable("interrupted while waiting for " + what, e);
    }
  }
}
