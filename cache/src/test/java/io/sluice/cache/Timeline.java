package io.sluice.cache;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/** Time that passes only when nothing happens any more: the same events in the same order. */
final class Timeline {
  private record Event(long at, long number, Runnable what) {}

  /** What takes longer than this does not end, in nanoseconds. */
  private static final long FOREVER = 600_000_000_000L;

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
  private long now = 1; // 0 is "not yet" in a Progress
  private long number;

  /** In nanoseconds. */
  long now() {
    return now;
  }

  void in(long nanos, Runnable what) {
    events.add(new Event(now + nanos, number++, what));
  }

  void runUntil(BooleanSupplier isOver) {
    while (!isOver.getAsBoolean()) {
      Event next = events.poll();
      if (next == null || next.at() > FOREVER)
        throw new AssertionError("it does not end, at " + now / 1e9 + " s");
      now = next.at();
      next.what().run();
    }
  }
}
