package io.sluice.cache;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Direct buffers of one size, which are used again: as many as were ever in use at once. What is
 * read from a socket or a file into a heap buffer, the JDK copies once more. Safe for use by many
 * threads.
 */
final class BufferPool {
  private final int size;
  private final ConcurrentLinkedQueue<ByteBuffer> free = new ConcurrentLinkedQueue<>();

  BufferPool(int size) {
    this.size = size;
  }

  /** One of {@code size} bytes with whatever is in it, for {@link #giveBack}. */
  ByteBuffer take() {
    ByteBuffer pooled = free.poll();
    return pooled == null ? ByteBuffer.allocateDirect(size) : pooled.clear();
  }

  void giveBack(ByteBuffer taken) {
    free.add(taken);
  }
}
