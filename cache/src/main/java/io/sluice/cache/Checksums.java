package io.sluice.cache;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/** Computes the CRC32C of blocks in a cache file. Safe for use by many threads. */
final class Checksums {
  /** Of one read: larger ones leave the processor's own cache, smaller ones are more calls. */
  static final int PIECE = 256 << 10;

  private static final BufferPool BUFFERS = new BufferPool(PIECE);

  private Checksums() {}

  /** Is told each block's checksum. */
  @FunctionalInterface
  interface Sink {
    void accept(int block, int crc);
  }

  /**
   * Of the blocks from {@code first} up to {@code end}, in order.
   *
   * @throws IOException where they cannot be read
   */
  static void of(FileChannel data, BlockLayout layout, int first, int end, Sink sink)
      throws IOException {
    ByteBuffer buffer = BUFFERS.take();
    try {
      var crc = new CRC32C();
      long at = layout.start(first);
      buffer.clear().limit(0);
      for (int block = first; block < end; block++) {
        crc.reset();
        for (long left = layout.length(block); left > 0; ) {
          if (!buffer.hasRemaining()) {
            fill(data, at, buffer.clear().limit((int) Math.min(PIECE, layout.end(end - 1) - at)));
            at += buffer.remaining();
          }
          int length = (int) Math.min(left, buffer.remaining());
          int rest = buffer.limit();
          crc.update(buffer.limit(buffer.position() + length));
          buffer.limit(rest);
          left -= length;
        }
        sink.accept(block, (int) crc.getValue());
      }
    } finally {
      BUFFERS.giveBack(buffer);
    }
  }

  private static void fill(FileChannel data, long at, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      int read = data.read(buffer, at);
      if (read < 0) throw new EOFException("the file is shorter than its object");
      at += read;
    }
    buffer.flip();
  }
}
