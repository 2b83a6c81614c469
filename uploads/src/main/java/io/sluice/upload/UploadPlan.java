package io.sluice.upload;

import io.sluice.store.ByteRange;
import io.sluice.store.Part;
import io.sluice.store.StoreException;
import io.sluice.store.transfer.PartSizes;
import java.util.OptionalLong;

/**
 * Which bytes of a file are which part. All parts but the last are alike: 50 bytes in parts of 20
 * are 0..20, 20..40 and 40..50. What fits into one part goes in one request. Pure.
 *
 * @param size of the file, in bytes; may be 0
 * @param partSize in bytes
 */
public record UploadPlan(long size, long partSize) {
  /** What a part may have, in bytes, at every store: 5 GiB. */
  public static final long LARGEST_PART = 5L << 30;

  public UploadPlan {
    if (size < 0 || partSize < 1)
      throw new IllegalArgumentException("%d bytes in parts of %d".formatted(size, partSize));
    if (Math.ceilDiv(size, partSize) > Part.MOST)
      throw new IllegalArgumentException(
          "%d bytes in parts of %d are %d parts: an upload has at most %d"
              .formatted(size, partSize, Math.ceilDiv(size, partSize), Part.MOST));
  }

  /**
   * For a file of this size: parts of 16 MiB, of as many MiB more as 10,000 parts need; or of the
   * size that is given, 5 MiB to 5 GiB.
   *
   * @throws IllegalArgumentException where no store takes it like that, with what to do
   */
  public static UploadPlan of(long size, OptionalLong partSize) {
    if (size > PartSizes.LARGEST_OBJECT)
      throw new IllegalArgumentException(
          "the file has %d bytes, and an object has at most %d (5 TiB): split it"
              .formatted(size, PartSizes.LARGEST_OBJECT));
    long usual = usual(size);
    if (partSize.isEmpty()) return new UploadPlan(size, usual);
    long given = partSize.getAsLong();
    if (given < PartSizes.SMALLEST || given > LARGEST_PART)
      throw new IllegalArgumentException(
          "parts of %d bytes: a part has 5 MiB to 5 GiB".formatted(given));
    if (Math.ceilDiv(size, given) > Part.MOST)
      throw new IllegalArgumentException(
          "parts of %d bytes would be %d, and an upload has at most %d: make them %d bytes or leave the choice to us"
              .formatted(given, Math.ceilDiv(size, given), Part.MOST, usual));
    return new UploadPlan(size, given);
  }

  private static long usual(long size) {
    try {
      return PartSizes.USUAL.ofLength(size);
    } catch (StoreException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Whether it needs no parts at all. */
  public boolean isSingle() {
    return size <= partSize;
  }

  /** How many there are; 0 where there are no bytes. */
  public int parts() {
    return (int) Math.ceilDiv(size, partSize);
  }

  /** The bytes of a part, by its number from 1. */
  public ByteRange range(int number) {
    if (number < 1 || number > parts())
      throw new IllegalArgumentException("part %d of %d".formatted(number, parts()));
    long start = (number - 1) * partSize;
    return new ByteRange(start, Math.min(size, start + partSize));
  }
}
