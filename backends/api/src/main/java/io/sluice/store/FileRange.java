package io.sluice.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A range of a file as a stream: reads by position and leaves the channel open. Where the file ends
 * before the range does, it fails rather than end early. For one thread at a time.
 */
final class FileRange extends BlockwiseInput {
  /** Fewer bytes are hardly worth a system call. */
  static final int AT_ONCE = 1 << 16;

  private final FileChannel file;
  private ByteRange left;

  FileRange(FileChannel file, ByteRange range) {
    this.file = file;
    this.left = range;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) return 0;
    if (left.isEmpty()) return -1;
    int wanted = (int) Math.min(length, left.length());
    int count = file.read(ByteBuffer.wrap(into, offset, wanted), left.start());
    if (count < 0)
      throw new EOFException(
          "the file became shorter: %d bytes are missing".formatted(left.length()));
    left = left.after(count);
    return count;
  }

  @Override
  public int available() {
    return (int) Math.min(Integer.MAX_VALUE, left.length());
  }
}
