package io.sluice.store.gcs;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Tells a deadline of each piece that the server takes. Java has no limit for a write that hangs.
 */
final class WatchedOutput extends FilterOutputStream {
  private final Deadline deadline;

  WatchedOutput(OutputStream out, Deadline deadline) {
    super(out);
    this.deadline = deadline;
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    out.write(from, offset, length);
    deadline.progress();
  }
}
