package io.sluice.demo;

import java.io.InputStream;
import java.util.Objects;
import java.util.SplittableRandom;

/** Bytes that look random, cannot be compressed, and are the same for the same seed. */
final class Weights extends InputStream {
  private static final int CHUNK = 64 << 10;

  private final SplittableRandom random;
  private final byte[] chunk = new byte[CHUNK];
  private int next = CHUNK;
  private long left;

  Weights(long seed, long count) {
    this.random = new SplittableRandom(seed);
    this.left = count;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) return 0;
    if (left == 0) return -1;
    if (next == CHUNK) {
      random.nextBytes(chunk);
      next = 0;
    }
    int count = (int) Math.min(Math.min(length, CHUNK - next), left);
    System.arraycopy(chunk, next, into, offset, count);
    next += count;
    left -= count;
    return count;
  }
}
