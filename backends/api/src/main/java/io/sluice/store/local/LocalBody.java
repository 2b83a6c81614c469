package io.sluice.store.local;

import io.sluice.store.ByteRange;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A range of a file, as long as the file does not change: after each read, before its bytes are
 * given away, the file is looked at. For one thread at a time.
 */
final class LocalBody extends InputStream {
  private final LocalStore store;
  private final ObjectVersion version;
  private final Path file;
  private final FileChannel channel;
  private ByteRange left;

  LocalBody(
      LocalStore store, ObjectVersion version, Path file, FileChannel channel, ByteRange range) {
    this.store = store;
    this.version = version;
    this.file = file;
    this.channel = channel;
    this.left = range;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) return 0;
    if (left.isEmpty()) return -1;
    try {
      int wanted = (int) Math.min(length, left.length());
      int count = channel.read(ByteBuffer.wrap(into, offset, wanted), left.start());
      store.requireUnchanged(version, file);
      if (count < 0)
        throw new StoreException.Unavailable(version.key() + " is shorter than it says", null);
      left = left.after(count);
      return count;
    } catch (IOException e) {
      throw LocalErrors.translate("reading", version.key(), e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
