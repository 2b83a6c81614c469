package io.sluice.store;

import java.util.Optional;

/**
 * A part that the store has.
 *
 * @param number 1 to 10,000: the order of the parts in the object
 * @param tag what the store calls its content
 * @param size in bytes
 * @param crc32c of its bytes, where it is known
 */
public record Part(int number, String tag, long size, Optional<Integer> crc32c) {
  /** As many parts as an upload can have, here and at every store. */
  public static final int MOST = 10_000;

  public Part {
    requireNumber(number);
    if (tag.isEmpty()) throw new IllegalArgumentException("no tag for part " + number);
    if (size < 0) throw new IllegalArgumentException("part " + number + " of size " + size);
  }

  /** Fails where it is no number of a part. */
  public static void requireNumber(int number) {
    if (number < 1 || number > MOST)
      throw new IllegalArgumentException("parts have numbers 1 to " + MOST + ", not " + number);
  }
}
