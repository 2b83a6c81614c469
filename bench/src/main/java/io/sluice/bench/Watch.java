package io.sluice.bench;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Looks at a figure four times a second, and knows the largest it has seen. Safe for many threads.
 */
final class Watch implements AutoCloseable {
  private static final int EVERY_MILLIS = 250;
  private static final long CLOSE_MILLIS = 60_000;

  private final AtomicLong most = new AtomicLong();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  private Watch(Figure figure, long limit, Runnable tooMuch) {
    this.thread =
        Thread.ofPlatform().daemon().name("watch").unstarted(() -> watch(figure, limit, tooMuch));
  }

  /** Where a figure comes from. */
  @FunctionalInterface
  interface Figure {
    long now() throws IOException, InterruptedException;
  }

  static Watch of(Figure figure) {
    return of(figure, Long.MAX_VALUE, () -> {});
  }

  /** The same; calls {@code tooMuch} each time that more than {@code limit} is seen. */
  static Watch of(Figure figure, long limit, Runnable tooMuch) {
    Watch watch = new Watch(figure, limit, tooMuch);
    watch.thread.start();
    return watch;
  }

  private void watch(Figure figure, long limit, Runnable tooMuch) {
    try {
      do {
        look(figure, limit, tooMuch);
      } while (!closed.await(EVERY_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(Figure figure, long limit, Runnable tooMuch) throws InterruptedException {
    try {
      long now = figure.now();
      most.accumulateAndGet(now, Math::max);
      if (now > limit) tooMuch.run();
    } catch (IOException e) {
      // What is looked at comes and goes; the next look may find it again.
      return;
    }
  }

  /** 0 where nothing was ever to be seen. */
  long most() {
    return most.get();
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      // A look that is under way uses what its owner takes away next.
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
