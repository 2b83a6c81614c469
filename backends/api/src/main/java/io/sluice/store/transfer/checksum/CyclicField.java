package io.sluice.store.transfer.checksum;

/**
 * Arithmetic of cyclic redundancy checks: appending n zero bytes is a multiplication by x^8n,
 * modulo the polynomial, as {@code crc32_combine} of zlib does it (zlib 1.3, crc32.c). Bits are
 * reflected: the highest power is the lowest bit. Pure.
 *
 * @param width in bits: 32 or 64
 * @param polynomial without its highest power, which is implied
 */
record CyclicField(int width, long polynomial) {
  /** Of one piece followed by another, {@code secondLength} bytes long. */
  long combine(long first, long second, long secondLength) {
    if (secondLength < 0) throw new IllegalArgumentException("a length of " + secondLength);
    return multiply(powerOfX8(secondLength), first) ^ second;
  }

  /** The polynomial 1. */
  private long one() {
    return 1L << (width - 1);
  }

  /** x^8n modulo the polynomial, by squaring. */
  private long powerOfX8(long n) {
    long power = one();
    long square = one() >>> 8; // x^8
    for (long left = n; left != 0; left >>>= 1) {
      if ((left & 1) != 0) power = multiply(square, power);
      square = multiply(square, square);
    }
    return power;
  }

  private long multiply(long a, long b) {
    long product = 0;
    long shifted = b;
    for (long bit = one(); bit != 0; bit >>>= 1) {
      if ((a & bit) != 0) product ^= shifted;
      shifted = (shifted & 1) != 0 ? (shifted >>> 1) ^ polynomial : shifted >>> 1;
    }
    return product;
  }
}
