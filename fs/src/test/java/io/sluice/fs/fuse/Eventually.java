package io.sluice.fs.fuse;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** What another process does soon, for a test to wait for. */
final class Eventually {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private Eventually() {}

  /** Returns when it holds; fails where it does not in time. */
  static void holds(Callable<Boolean> claim) throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!claim.call()) {
      if (System.nanoTime() - deadline > 0) throw new AssertionError("does not come to hold");
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
