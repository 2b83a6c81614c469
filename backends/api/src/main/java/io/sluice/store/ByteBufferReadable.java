package io.sluice.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * A body that can put its bytes into a buffer itself: where the buffer is direct and the connection
 * allows it, without a copy on the way. What {@link ObjectStore#open} returns may be one; {@link
 * #read(InputStream, ByteBuffer)} works with every body.
 *
 * <pre>{@code
 * ByteBuffer block = ByteBuffer.allocateDirect(size);
 * while (block.hasRemaining())
 *   if (ByteBufferReadable.read(body, block) < 0) throw new EOFException();
 * }</pre>
 *
 * <p>For one thread at a time, like any body; the two ways of reading may be mixed.
 */
public interface ByteBufferReadable {
  /**
   * Reads some bytes, as {@link InputStream#read(byte[], int, int)} does: it waits for the first
   * one, and puts as many as are there.
   *
   * @param into gets them at its position, which moves on, but not where this fails; never beyond
   *     its limit
   * @return how many: at least 1, but -1 at the end, and 0 only where nothing remains in {@code
   *     into}
   */
  int read(ByteBuffer into) throws IOException;

  /** The same of any body; one that is not {@link ByteBufferReadable} goes through an array. */
  static int read(InputStream body, ByteBuffer into) throws IOException {
    if (!into.hasRemaining()) return 0;
    if (body instanceof ByteBufferReadable able) return able.read(into);
    if (into.hasArray()) {
      int count = body.read(into.array(), into.arrayOffset() + into.position(), into.remaining());
      if (count > 0) into.position(into.position() + count);
      return count;
    }
    byte[] some = new byte[Math.min(into.remaining(), 1 << 16)];
    int count = body.read(some, 0, some.length);
    if (count > 0) into.put(some, 0, count);
    return count;
  }
}
