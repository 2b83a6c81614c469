package io.sluice.store.transfer;

import io.sluice.store.ByteRange;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;

/**
 * An object cut into the ranges of its requests, numbered from 0; an empty one has none. Pure.
 *
 * <p>Ranges that begin at the same time and are equally long end at the same time: a stream that
 * wants them in order then waits for the first, and all the others are in memory. So those of a
 * stream are staggered: the first {@code stagger} grow, the last shrink, and those between are as
 * long as allowed. With four at once and 8 MiB each, 56 MiB are cut into 2, 4, 6, 8, 8, 8, 8, 6, 4,
 * 2: the four are always a quarter of a range apart, half of the memory does, and they end
 * together.
 *
 * @param version of the object
 * @param stagger how many ranges grow, and shrink; 0 where all are alike
 * @param units into which the object is cut: ranges are whole units, and as many of these are one
 *     byte longer as it takes
 */
record Ranges(ObjectVersion version, int stagger, long units) {
  /** In bytes: no range is so short that its round trip counts for more. */
  private static final long SHORTEST = 1 << 20;

  Ranges {
    if (units > Integer.MAX_VALUE)
      throw new IllegalArgumentException("too many ranges: make them larger, for " + version);
  }

  /** Ranges of {@code each} bytes at most, all alike. */
  static Ranges even(ObjectVersion version, long each) {
    return new Ranges(version, 0, Math.ceilDiv(version.size(), each));
  }

  /** Ranges of {@code most} bytes at most, of which {@code requests} at once are in flight. */
  static Ranges staggered(ObjectVersion version, int most, int requests) {
    for (int stagger = Math.min(requests, most); stagger > 0; stagger--) {
      long shortest = Math.min(SHORTEST, most / stagger);
      long units = units(version.size(), most, stagger);
      boolean isLongEnough = version.size() >= (long) stagger * (stagger + 1) * shortest;
      if (isLongEnough && units <= version.size()) return new Ranges(version, stagger, units);
    }
    return even(version, most);
  }

  private static long units(long size, int most, int stagger) {
    long longest = (long) (most / stagger) * stagger;
    // What grows and what shrinks is as long as so many of the longest.
    int ramps = stagger + 1;
    return Math.max(ramps, Math.ceilDiv(size, longest)) * stagger;
  }

  /** How many. */
  int number() {
    if (stagger == 0) return (int) units;
    return 2 * stagger + (int) (units / stagger - (stagger + 1));
  }

  ByteRange get(int number) {
    return new ByteRange(start(number), start(number + 1));
  }

  private long start(int number) {
    long before = unitsBefore(number);
    long each = units == 0 ? 0 : version.size() / units;
    long longer = units == 0 ? 0 : version.size() % units;
    return each * before + Math.min(before, longer);
  }

  private long unitsBefore(int number) {
    if (stagger == 0) return number;
    if (number <= stagger) return triangle(number);
    int left = number() - number;
    if (left <= stagger) return units - triangle(left);
    return triangle(stagger) + (long) (number - stagger) * stagger;
  }

  private static long triangle(long n) {
    return n * (n + 1) / 2;
  }

  /** A body that is shorter than it was asked for; stores do not do that. */
  static StoreException endedEarly(ObjectVersion version, long missing) {
    return new StoreException.Unavailable(
        "the body of %s ended %d bytes early".formatted(version.key(), missing), null);
  }
}
