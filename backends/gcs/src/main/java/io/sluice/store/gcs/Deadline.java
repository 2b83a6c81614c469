package io.sluice.store.gcs;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Breaks off what takes too long: silence alone does not bound an answer that drips, nor a server
 * that no longer takes what it is sent. Closing it in time calls it off. Safe for use by many
 * threads.
 */
final class Deadline implements AutoCloseable {
  private final ScheduledExecutorService clock;
  private final Duration after;
  private final Runnable breakOff;
  private volatile long since = System.nanoTime();
  private volatile boolean passed;
  private volatile boolean closed;
  private volatile ScheduledFuture<?> watch;

  private Deadline(ScheduledExecutorService clock, Duration after, Runnable breakOff) {
    this.clock = clock;
    this.after = after;
    this.breakOff = breakOff;
    this.watch = clock.schedule(this::look, after.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Begins to count.
   *
   * @param breakOff called at most once, on the clock's thread; must not block
   */
  static Deadline in(Duration after, ScheduledExecutorService clock, Runnable breakOff) {
    return new Deadline(clock, after, breakOff);
  }

  /** It got on: the time begins anew. */
  void progress() {
    since = System.nanoTime();
  }

  private void look() {
    if (closed) return;
    long left = after.toNanos() - (System.nanoTime() - since);
    if (left > 0) {
      watch = clock.schedule(this::look, left, TimeUnit.NANOSECONDS);
      return;
    }
    passed = true;
    breakOff.run();
  }

  /** Whether it was broken off. */
  boolean hasPassed() {
    return passed;
  }

  @Override
  public void close() {
    closed = true;
    watch.cancel(false);
  }
}
