package io.sluice.fs.fuse;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls into a file system that may never answer, with a limit. The thread stays behind where it
 * does not; as a daemon it does not keep the process alive.
 */
final class TimeLimit {
  private TimeLimit() {}

  /**
   * What {@code call} returns, if it does in time.
   *
   * @throws TimeoutException where it does not
   * @throws IOException what it threw, or that this thread was interrupted
   */
  static <T> T within(Duration limit, String what, Callable<T> call)
      throws IOException, TimeoutException {
    var task = new FutureTask<T>(call);
    Thread.ofPlatform().daemon().name("sluice-" + what).start(task);
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted: " + what, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) throw cause;
      throw new IllegalStateException(what + " failed", e.getCause());
    }
  }
}
