package io.sluice.store.transfer;

import io.sluice.store.Part;
import io.sluice.store.StoreException;

/**
 * How large the parts of an upload are: 10,000 of them have to do, whatever it comes to. Pure.
 *
 * <p>Where the length is known all parts are alike: 156 GiB go in parts of 16 MiB, 1 TiB in parts
 * of 105 MiB, 5 TiB in parts of 525 MiB. Where it is not, parts double every {@value #STEP} parts
 * up to {@code largest}: from 16 MiB, 7.8 GiB go in parts of 16 MiB, 23 GiB in parts of up to 32
 * MiB, 54 GiB in parts of up to 64 MiB, and 1 GiB is enough for 5 TiB.
 *
 * @param base in bytes: the size to begin with, 5 MiB at least
 * @param largest in bytes: where the length is not known, no part is larger; 1 GiB at most, since
 *     such a part is an array in memory
 */
public record PartSizes(long base, long largest) {
  /** In bytes; of every part but the last. */
  public static final long SMALLEST = 5L << 20;

  /** In bytes, of an object: 5 TiB. */
  public static final long LARGEST_OBJECT = 5L << 40;

  /** 16 MiB, and 1 GiB at most. */
  public static final PartSizes USUAL = new PartSizes(16L << 20, 1L << 30);

  private static final int STEP = 500;
  private static final long MIB = 1L << 20;
  private static final long LARGEST_IN_MEMORY = 1L << 30;

  public PartSizes {
    if (base < SMALLEST || base > largest || largest > LARGEST_IN_MEMORY)
      throw new IllegalArgumentException(
          "parts are 5 MiB to 1 GiB to begin with, and no smaller later: %d to %d bytes"
              .formatted(base, largest));
    if (base % MIB != 0 || largest % MIB != 0)
      throw new IllegalArgumentException(
          "parts are whole MiB: %d to %d bytes".formatted(base, largest));
  }

  /**
   * Of all parts but the last of an object of this length, in whole MiB.
   *
   * @throws StoreException.TooLarge above {@link #LARGEST_OBJECT}
   */
  public long ofLength(long length) throws StoreException {
    if (length < 0) throw new IllegalArgumentException("a length of " + length);
    if (length > LARGEST_OBJECT)
      throw new StoreException.TooLarge(
          "%d bytes: an object has at most %d".formatted(length, LARGEST_OBJECT), null);
    long needed = Math.ceilDiv(length, (long) Part.MOST);
    return Math.max(base, Math.ceilDiv(needed, MIB) * MIB);
  }

  /** Of the part of this number, from 1, where the length is not known. */
  public long ofStream(int number) {
    if (number < 1 || number > Part.MOST)
      throw new IllegalArgumentException("parts have numbers 1 to " + Part.MOST + ": " + number);
    // 1 GiB is 205 times 5 MiB: eight doublings are enough for any base.
    int doublings = Math.min((number - 1) / STEP, Byte.SIZE);
    return Math.min(base << doublings, largest);
  }

  /** In bytes: the largest object that a stream of unknown length can become. */
  public long reach() {
    long sum = 0;
    for (int number = 1; number <= Part.MOST; number++) sum += ofStream(number);
    return Math.min(sum, LARGEST_OBJECT);
  }
}
