package io.sluice.cache;

/**
 * How many requests are to be in flight: as many as were asked for, or, where that is left to us,
 * as many as make it faster. Then the number goes up by half as long as that pays, and back one
 * step where it does not (hill climbing). Slowing down when the store asks for it is not done here
 * but by {@link io.sluice.store.LimitedStore}, for all requests. Not safe for use by many threads.
 */
final class Pace {
  /** It has to be so much faster with half as many requests more. */
  private static final double PAYS = 1.1;

  /** More connections than this are no longer what a network lacks. */
  static final int HIGHEST = 64;

  private static final long STEP_NANOS = 500_000_000L;
  private static final long SETTLED_NANOS = 20_000_000_000L;

  private final int highest;
  private int most;
  private int before;
  private double rateBefore;
  private long stepBegan;
  private long stepBytes;
  private boolean wasFull;

  private Pace(int first, int highest) {
    this.most = first;
    this.before = first;
    this.highest = highest;
  }

  static Pace of(CacheSettings.Requests requests) {
    return requests.isAdaptive()
        ? new Pace(requests.most(), Math.max(requests.most(), HIGHEST))
        : new Pace(requests.most(), requests.most());
  }

  /** Requests in flight, apart from {@link #extra}. */
  int most() {
    return most;
  }

  /** How many more may be in flight for a moment. */
  static int extra(int most) {
    return Math.max(1, most / 4);
  }

  /**
   * A request has brought so many bytes.
   *
   * @param isFull whether as many requests were in flight as may be
   */
  void ended(long bytes, boolean isFull, long now) {
    if (highest == most && highest == before) return;
    if (stepBegan == 0) {
      start(now);
      return;
    }
    if (now < stepBegan) return; // settled: the next step has not begun
    stepBytes += bytes;
    wasFull &= isFull;
    if (now - stepBegan < STEP_NANOS) return;
    if (wasFull) step((double) stepBytes / (now - stepBegan), now);
    else start(now);
  }

  private void step(double rate, long now) {
    boolean hasGrown = most > before;
    if (hasGrown && rate < rateBefore * PAYS) {
      most = before;
      rateBefore = 0;
      start(now + SETTLED_NANOS); // it may pay later: other machines and other times of the day
      return;
    }
    before = most;
    rateBefore = rate;
    most = Math.min(highest, most + Math.max(1, most / 2));
    start(now);
  }

  private void start(long now) {
    stepBegan = now;
    stepBytes = 0;
    wasFull = true;
  }
}
