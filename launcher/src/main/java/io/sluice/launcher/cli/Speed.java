package io.sluice.launcher.cli;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Bytes per second over the last seconds. For one thread. */
public final class Speed {
  private static final Duration WINDOW = Duration.ofSeconds(5);

  private record Sample(long nanos, long bytes) {}

  private final Deque<Sample> samples = new ArrayDeque<>();

  /** So many bytes altogether at this time. */
  public void at(long nanos, long bytes) {
    samples.addLast(new Sample(nanos, bytes));
    while (samples.size() > 2 && nanos - samples.getFirst().nanos() > WINDOW.toNanos())
      samples.removeFirst();
  }

  /** 0 before there are two samples. */
  public double perSecond() {
    if (samples.size() < 2) return 0;
    Sample first = samples.getFirst();
    Sample last = samples.getLast();
    long nanos = last.nanos() - first.nanos();
    return nanos <= 0 ? 0 : (last.bytes() - first.bytes()) * 1e9 / nanos;
  }
}
