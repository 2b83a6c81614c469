package io.sluice.store.local;

import io.sluice.store.BlockwiseInput;
import io.sluice.store.ByteBufferReadable;
import io.sluice.store.ByteRange;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A range of a file, as long as the file does not change: after each read, before its bytes are
 * given away, the file is looked at. For one thread at a time.
 */
final class LocalBody extends BlockwiseInput implements ByteBufferReadable {
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
  public int read(byte[] into, int offset, int length) throws IOException {
    return length == 0 ? 0 : read(ByteBuffer.wrap(into, offset, length));
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (!into.hasRemaining()) return 0;
    if (left.isEmpty()) return -1;
    int start = into.position();
    int limit = into.limit();
    boolean isRead = false;
    try {
      into.limit(start + (int) Math.min(into.remaining(), left.length()));
      int count = channel.read(into, left.start());
      store.requireUnchanged(version, file);
      if (count < 0)
        throw new StoreException.Unavailable(version.key() + " is shorter than it says", null);
      left = left.after(count);
      isRead = true;
      return count;
    } catch (IOException e) {
      throw LocalErrors.translate("reading", version.key(), e);
    } finally {
      into.limit(limit);
      if (!isRead) into.position(start);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
