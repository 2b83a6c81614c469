package io.sluice.store.transfer;

import io.sluice.store.ObjectDetails;
import io.sluice.store.StoreException;
import io.sluice.store.StoredCrc32c;
import java.util.Optional;

/**
 * The checksum CRC-32C of bytes that came in pieces: each piece is summed by whoever has it, and
 * the sums are combined. As {@code crc32_combine} of zlib does it (zlib 1.3, crc32.c), with the
 * polynomial of Castagnoli: appending n zero bytes is a multiplication by x^8n, modulo the
 * polynomial. Pure.
 */
final class Crc32c {
  /** As stores call it. */
  private static final String NAME = "crc32c";

  /** x^32 is implied; the highest power is the lowest bit. */
  private static final int POLYNOMIAL = 0x82f63b78;

  /** The polynomial 1. */
  private static final int ONE = 1 << 31;

  private Crc32c() {}

  /**
   * Of one piece followed by another.
   *
   * @param secondLength in bytes
   */
  static int combine(int first, int second, long secondLength) {
    if (secondLength < 0) throw new IllegalArgumentException("a length of " + secondLength);
    return multiply(powerOfX8(secondLength), first) ^ second;
  }

  /** x^8n modulo the polynomial, by squaring. */
  private static int powerOfX8(long n) {
    int power = ONE;
    int square = ONE >>> 8; // x^8
    for (long left = n; left != 0; left >>>= 1) {
      if ((left & 1) != 0) power = multiply(square, power);
      square = multiply(square, square);
    }
    return power;
  }

  private static int multiply(int a, int b) {
    int product = 0;
    int shifted = b;
    for (int bit = ONE; bit != 0; bit >>>= 1) {
      if ((a & bit) != 0) product ^= shifted;
      shifted = (shifted & 1) != 0 ? (shifted >>> 1) ^ POLYNOMIAL : shifted >>> 1;
    }
    return product;
  }

  /**
   * What the store says that the whole object has.
   *
   * @throws StoreException.Invalid where that is no such checksum
   */
  static Optional<Integer> of(ObjectDetails object) throws StoreException {
    String text = object.checksums().get(NAME);
    if (text == null) return Optional.empty();
    Optional<Integer> crc = StoredCrc32c.decoded(text);
    if (crc.isEmpty())
      throw new StoreException.Invalid(
          "the store's checksum of %s is none: '%s'".formatted(object.meta().key(), text), null);
    return crc;
  }

  /**
   * Compares what came with what the store says.
   *
   * @throws StoreException.Invalid where it is something else
   */
  static void require(ObjectDetails object, Optional<Integer> expected, int came)
      throws StoreException {
    if (expected.isPresent() && expected.get() != came)
      throw new StoreException.Invalid(
          "the bytes of %s are not those of the object: their CRC-32C is %08x, and should be %08x: fetch it again"
              .formatted(object.meta().key(), came, expected.get()),
          null);
  }
}
