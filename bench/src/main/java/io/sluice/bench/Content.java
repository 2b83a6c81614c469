package io.sluice.bench;

import io.sluice.store.ObjectVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The bytes of a file, computable from their offset: no two words alike, so nothing on the way can
 * compress them, and a block that ends up in a wrong place, or of a wrong file, is noticed.
 *
 * @param seed another file's is another number
 */
record Content(long seed) {
  private static final int STEP = 1 << 20;

  /** Objects of such names are never on disk: their files are holes, and every version differs. */
  private static final String COMPUTED = "computed-";

  /** What is served as an object whose file is a hole; empty where the file has the bytes. */
  static Optional<Content> computed(ObjectVersion version) {
    String name = version.key().substring(version.key().lastIndexOf('/') + 1);
    return name.startsWith(COMPUTED)
        ? Optional.of(
            new Content(((long) version.key().hashCode() << 32) ^ version.tag().hashCode()))
        : Optional.empty();
  }

  /** The eight bytes at an offset that is a multiple of eight, little-endian. */
  private long word(long offset) {
    // SplitMix64: every offset another word, and no pattern.
    long z = seed + offset * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /**
   * Where in the content these bytes stand, by the first eight of them: every word is there once.
   *
   * @return a number that is no multiple of eight, or beyond any file, where they stand nowhere, or
   *     where no word begins
   */
  long placeOf(ByteBuffer beginning) {
    // SplitMix64 backwards: what was mixed is unmixed, what was multiplied is divided.
    long z = beginning.slice().order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    z = (z ^ (z >>> 31) ^ (z >>> 62)) * inverse(0x94D049BB133111EBL);
    z = (z ^ (z >>> 27) ^ (z >>> 54)) * inverse(0xBF58476D1CE4E5B9L);
    z = z ^ (z >>> 30) ^ (z >>> 60);
    return (z - seed) * inverse(0x9E3779B97F4A7C15L);
  }

  /** By which an odd number has to be multiplied to give 1, modulo 2^64. */
  private static long inverse(long odd) {
    // Newton: 3 bits are right to begin with, and twice as many after each step.
    long inverse = odd;
    for (int bits = 3; bits < Long.SIZE; bits *= 2) inverse *= 2 - odd * inverse;
    return inverse;
  }

  /** Writes a file of {@code size} bytes, which must be whole mebibytes. */
  void write(Path file, long size) throws IOException {
    if (size % STEP != 0) throw new IllegalArgumentException("not whole mebibytes: " + size);
    ByteBuffer buffer = ByteBuffer.allocateDirect(STEP).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (long start = 0; start < size; start += STEP) {
        buffer.clear();
        fill(buffer, start);
        while (buffer.hasRemaining()) channel.write(buffer);
      }
    }
  }

  /** Puts the bytes from {@code offset} on into all that remains of {@code into}, and flips it. */
  void fill(ByteBuffer into, long offset) {
    ByteBuffer words = into.slice().order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    while (at < words.limit()) {
      if (isWord(words, at, offset)) {
        words.putLong(at, word(offset + at));
        at += Long.BYTES;
      } else {
        words.put(at, single(offset + at));
        at++;
      }
    }
    into.position(into.limit()).flip();
  }

  /**
   * The first offset at which bytes of the file are not what they should be; that of the word which
   * the byte is in, where the whole word is there.
   *
   * @param offset where {@code bytes} stand in the file
   */
  OptionalLong firstWrong(ByteBuffer bytes, long offset) {
    ByteBuffer words = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    while (at < words.limit()) {
      boolean whole = isWord(words, at, offset);
      boolean right =
          whole ? words.getLong(at) == word(offset + at) : words.get(at) == single(offset + at);
      if (!right) return OptionalLong.of(offset + at);
      at += whole ? Long.BYTES : 1;
    }
    return OptionalLong.empty();
  }

  /** Whether a whole word of the content begins there; the rest is edges. */
  private static boolean isWord(ByteBuffer words, int at, long offset) {
    return (offset + at) % Long.BYTES == 0 && at + Long.BYTES <= words.limit();
  }

  private byte single(long offset) {
    long within = offset % Long.BYTES;
    return (byte) (word(offset - within) >>> (within * Byte.SIZE));
  }
}
