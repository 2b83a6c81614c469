package io.sluice.store.gcs;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Breaks off what takes too long: silence alone does not bound an answer that drips. Closing it in
 * time calls it off. Safe for use by many threads.
 */
final class Deadline implements AutoCloseable {
  private final Runnable breakOff;
  private final ScheduledFuture<?> watch;
  private volatile boolean passed;

  private Deadline(ScheduledExecutorService clock, Duration after, Runnable breakOff) {
    this.breakOff = breakOff;
    this.watch = clock.schedule(this::pass, after.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Begins to count.
   *
   * @param breakOff called at most once, on the clock's thread; must not block
   */
  static Deadline in(Duration after, ScheduledExecutorService clock, Runnable breakOff) {
    return new Deadline(clock, after, breakOff);
  }

  private void pass() {
    passed = true;
    breakOff.run();
  }

  /** Whether it was broken off. */
  boolean hasPassed() {
    return passed;
  }

  @Override
  public void close() {
    watch.cancel(false);
  }
}
