package io.sluice.store.transfer;

import io.sluice.store.ByteRange;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;

/** An object cut into the ranges of its requests, numbered from 0; an empty one has none. Pure. */
record Ranges(ObjectVersion version, long each) {
  Ranges {
    if (each < 1) throw new IllegalArgumentException("ranges of " + each + " bytes");
  }

  /**
   * How many.
   *
   * @throws IllegalArgumentException where that is more than 2^31 - 1
   */
  int number() {
    long number = Math.ceilDiv(version.size(), each);
    if (number > Integer.MAX_VALUE)
      throw new IllegalArgumentException("too small: ranges of " + each + " bytes of " + version);
    return (int) number;
  }

  ByteRange get(long number) {
    long start = number * each;
    return new ByteRange(start, Math.min(version.size(), start + each));
  }

  /** A body that is shorter than it was asked for; stores do not do that. */
  static StoreException endedEarly(ObjectVersion version, long missing) {
    return new StoreException.Unavailable(
        "the body of %s ended %d bytes early".formatted(version.key(), missing), null);
  }
}
