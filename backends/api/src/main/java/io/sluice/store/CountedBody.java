package io.sluice.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;

/** A body whose bytes are counted as they are read. For one thread at a time, as the body is. */
public final class CountedBody extends FilterInputStream implements ByteBufferReadable {
  private final LongAdder bytes;

  public CountedBody(InputStream body, LongAdder bytes) {
    super(body);
    this.bytes = bytes;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    if (read >= 0) bytes.increment();
    return read;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = super.read(into, offset, length);
    if (count > 0) bytes.add(count);
    return count;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int count = ByteBufferReadable.read(in, into);
    if (count > 0) bytes.add(count);
    return count;
  }
}
