package io.sluice.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What a process has cost, looked at twenty times a second, since nobody can be asked when it is
 * gone: the last of its CPU may be missing, up to 50 ms. Safe for many threads.
 */
final class Sampling implements AutoCloseable {
  private static final int EVERY_MILLIS = 50;
  private static final long CLOSE_MILLIS = 10_000;

  private final long pid;
  private final List<Sample> samples = new ArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  private record Sample(long nanos, Usage usage) {}

  private Sampling(long pid) {
    this.pid = pid;
    this.thread = Thread.ofPlatform().daemon().name("sampling").unstarted(this::run);
  }

  static Sampling of(long pid) {
    Sampling sampling = new Sampling(pid);
    sampling.thread.start();
    return sampling;
  }

  private void run() {
    try {
      do {
        look();
      } while (!closed.await(EVERY_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    Usage now;
    try {
      now = Usage.of(pid);
    } catch (IOException e) {
      // It has ended; what was seen before is what there is.
      return;
    }
    // One that has ended, and waits to be noticed, has no memory any more.
    if (now.peakRssBytes() == 0) return;
    synchronized (samples) {
      samples.add(new Sample(System.nanoTime(), now));
    }
  }

  /** From a moment, by {@link System#nanoTime()}, on; the peak is that of its whole life. */
  Usage since(long nanos) {
    Usage before = Usage.NONE;
    Usage last = Usage.NONE;
    synchronized (samples) {
      for (Sample sample : samples) {
        if (sample.nanos() <= nanos) before = sample.usage();
        last = sample.usage();
      }
    }
    return last.since(before);
  }

  /** Of its whole life. */
  Usage total() {
    return since(Long.MIN_VALUE);
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
