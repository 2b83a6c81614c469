package io.sluice.launcher;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another process does, which has no latch to wait at. */
final class Await {
  private static final Duration PAUSE = Duration.ofMillis(20);

  private Await() {}

  interface Description {
    String text() throws IOException;
  }

  static void until(Duration limit, Callable<Boolean> condition, Description description)
      throws Exception {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() - deadline > 0)
        throw new AssertionError("not within " + limit + ": " + description.text());
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
