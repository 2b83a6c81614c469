package io.sluice.demo;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that tells a progress bar how far it has been read. */
final class Reported extends FilterInputStream {
  private final Progress progress;

  Reported(InputStream in, Progress progress) {
    super(in);
    this.progress = progress;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    if (read >= 0) progress.add(1);
    return read;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = super.read(into, offset, length);
    if (count > 0) progress.add(count);
    return count;
  }
}
