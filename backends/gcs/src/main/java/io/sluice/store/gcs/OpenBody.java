package io.sluice.store.gcs;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A body on its connection: closing it gives the connection back where all was read, and gives it
 * up where not, rather than read what nobody wants. For one thread at a time.
 */
final class OpenBody extends FilterInputStream {
  private final Runnable giveUp;
  private long left;
  private boolean closed;

  /**
   * Takes a body over.
   *
   * @param length in bytes; negative where the headers do not tell
   * @param giveUp closes the connection without reading on
   */
  OpenBody(InputStream body, long length, Runnable giveUp) {
    super(body);
    this.left = length < 0 ? Long.MAX_VALUE : length;
    this.giveUp = giveUp;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    left = read < 0 ? 0 : left - 1;
    return read;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = super.read(into, offset, length);
    left = count < 0 ? 0 : left - count;
    return count;
  }

  @Override
  public void close() throws IOException {
    if (closed) return;
    closed = true;
    if (left == 0) super.close();
    else giveUp.run();
  }
}
