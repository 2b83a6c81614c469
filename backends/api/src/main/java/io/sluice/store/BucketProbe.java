package io.sluice.store;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a bucket for one key before anything depends on it, so that a wrong name, wrong credentials
 * and a wrong address show at once, each with its own message.
 */
public final class BucketProbe {
  private BucketProbe() {}

  /**
   * Lists at most one key below a prefix.
   *
   * @param within what it takes longer than fails as unavailable
   * @throws StoreException.NotFound where there is no such bucket
   * @throws StoreException.Denied where the credentials are missing, wrong, or not enough
   * @throws StoreException.Unavailable where nobody answers
   */
  public static void check(ObjectStore store, String prefix, Duration within)
      throws StoreException {
    var answer = new FutureTask<>(() -> store.list(ListRequest.directory(prefix).withMaxKeys(1)));
    Thread asking = Thread.ofVirtual().name("probe").start(answer);
    try {
      answer.get(within.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      asking.interrupt();
      throw new StoreException.Unavailable(
          "no answer within " + within.toMillis() / 1000.0 + " s", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException reason) throw reason;
      throw new StoreException.Invalid("listing failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException.Unavailable("interrupted while asking for the bucket", e);
    }
  }
}
