package io.sluice.cache;

import io.sluice.cache.Span.Urgency;
import java.util.List;

/**
 * How many requests are in flight, and what else may be started beside them.
 *
 * @param most may be in flight; for readers that wait, and in place of those that end, {@link
 *     Pace#extra} more
 * @param running all of them
 * @param leaving those of them whose place can be given to another one
 */
record Slots(int most, int running, int leaving) {
  private static final List<Urgency> ALL = List.of(Urgency.values());
  private static final List<Urgency> WAITED_FOR = List.of(Urgency.DEMAND);

  /** Whether nothing may be started but what a reader waits for. */
  boolean isFull() {
    return running - Math.min(Pace.extra(most), leaving) >= most;
  }

  /** What may be started now, the most urgent first. */
  List<Urgency> startable() {
    if (!isFull()) return ALL;
    return running < most + Pace.extra(most) ? WAITED_FOR : List.of();
  }
}
