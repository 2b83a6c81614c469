package io.sluice.cache.layout;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The values of a GGUF header, one after the other. Where the bytes end before the header does, but
 * the file goes on, there is a {@link BufferUnderflowException}: more has to be read.
 */
final class GgufReader {
  static final int UINT32 = 4;
  private static final int STRING = 8;
  private static final int ARRAY = 9;

  /** Bytes of a value by its type; 0 for strings, arrays. */
  private static final int[] SIZES = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};

  private static final int MOST_NESTED = 4;
  private static final int MOST_DIMENSIONS = 8;
  private static final int MOST_NAME = 64 << 10;

  private final ByteBuffer bytes;
  private final long size;

  GgufReader(ByteBuffer start, long size) {
    this.bytes = start.slice().order(ByteOrder.LITTLE_ENDIAN);
    this.size = size;
  }

  long position() {
    return bytes.position();
  }

  int readInt() {
    return bytes.getInt();
  }

  long readLong() {
    return bytes.getLong();
  }

  String readString() throws MalformedException {
    long length = bytes.getLong();
    if (length > MOST_NAME) throw new MalformedException();
    int start = bytes.position();
    skip(length);
    byte[] name = new byte[(int) length];
    bytes.get(start, name);
    return new String(name, UTF_8);
  }

  /** The offset out of a tensor's description, from where the tensors begin. */
  long readTensorOffset() throws MalformedException {
    skip(bytes.getLong()); // its name
    int dimensions = bytes.getInt();
    if (dimensions < 0 || dimensions > MOST_DIMENSIONS) throw new MalformedException();
    skip(Long.BYTES * dimensions + Integer.BYTES); // and its type
    return bytes.getLong();
  }

  void skipValue(int type) throws MalformedException {
    skipValues(type, 1, MOST_NESTED);
  }

  private void skipValues(int type, long count, int mayNest) throws MalformedException {
    if (type < 0 || type >= SIZES.length || count < 0 || mayNest == 0)
      throw new MalformedException();
    switch (type) {
      case STRING -> {
        for (long i = 0; i < count; i++) skip(bytes.getLong());
      }
      case ARRAY -> {
        for (long i = 0; i < count; i++) skipValues(bytes.getInt(), bytes.getLong(), mayNest - 1);
      }
      default -> {
        if (count > size / SIZES[type]) throw new MalformedException();
        skip(count * SIZES[type]);
      }
    }
  }

  /** Skips bytes; a length that leads out of the file is none. */
  void skip(long length) throws MalformedException {
    if (length < 0 || length > size - bytes.position()) throw new MalformedException();
    if (length > bytes.remaining()) throw new BufferUnderflowException();
    bytes.position(bytes.position() + (int) length);
  }
}
