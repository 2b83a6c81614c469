package io.sluice.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;

/**
 * The bytes of a file, computable from their offset: no two words alike, so nothing on the way can
 * compress them, and a block that ends up in a wrong place, or of a wrong file, is noticed.
 *
 * @param seed another file's is another number
 */
record Content(long seed) {
  private static final int STEP = 1 << 20;

  /** The eight bytes at an offset that is a multiple of eight, little-endian. */
  private long word(long offset) {
    // SplitMix64: every offset another word, and no pattern.
    long z = seed + offset * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Writes a file of {@code size} bytes, which must be whole mebibytes. */
  void write(Path file, long size) throws IOException {
    if (size % STEP != 0) throw new IllegalArgumentException("not whole mebibytes: " + size);
    ByteBuffer buffer = ByteBuffer.allocateDirect(STEP).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (long start = 0; start < size; start += STEP) {
        buffer.clear();
        for (int i = 0; i < STEP; i += 8) buffer.putLong(i, word(start + i));
        while (buffer.hasRemaining()) channel.write(buffer);
      }
    }
  }

  /**
   * The first offset at which bytes of the file are not what they should be; the word's offset, of
   * those of {@code bytes} that are whole words.
   *
   * @param offset where {@code bytes} stand in the file, a multiple of eight
   */
  OptionalLong firstWrong(ByteBuffer bytes, long offset) {
    ByteBuffer words = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i + 8 <= words.limit(); i += 8) {
      if (words.getLong(i) != word(offset + i)) return OptionalLong.of(offset + i);
    }
    return OptionalLong.empty();
  }
}
