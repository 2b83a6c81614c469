package io.sluice.store.transfer;

import io.sluice.store.BlockwiseInput;
import io.sluice.store.ByteRange;
import io.sluice.store.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;

/**
 * An open file that must not change while it is sent: not its size, and not its time of
 * modification. That somebody deletes it, or puts another in its place, does no harm. A file that
 * is written twice within one tick of the file system's clock (some ms), and keeps its size, is not
 * noticed. For many threads at once.
 */
public final class SentFile implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;
  private final BasicFileAttributes before;
  private final long size;

  private SentFile(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.size = channel.size();
    this.before = Files.readAttributes(path, BasicFileAttributes.class);
  }

  public static SentFile open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path);
    boolean opened = false;
    try {
      var file = new SentFile(path, channel);
      opened = true;
      return file;
    } finally {
      if (!opened) channel.close();
    }
  }

  /** In bytes, when it was opened. */
  public long size() {
    return size;
  }

  /** A part of it; whether it changed is for {@link #requireUnchanged} to tell. */
  public Payload part(ByteRange range) {
    return Payload.of(channel, range);
  }

  /**
   * All of it; the last byte is held back where the file has changed, so that nothing is written.
   */
  public Payload all() {
    Payload bytes = part(new ByteRange(0, size));
    return new Payload() {
      @Override
      public long length() {
        return size;
      }

      @Override
      public InputStream open() throws IOException {
        requireUnchanged();
        return new Watched(bytes.open());
      }
    };
  }

  public void requireUnchanged() throws IOException {
    Optional<String> change = change();
    if (change.isPresent()) throw new ChangedFileException(path, change.get());
  }

  /** Why it was not sent: that it changed, if it did, else what the store says. */
  public IOException reason(IOException failure) {
    if (failure instanceof ChangedFileException) return failure;
    try {
      requireUnchanged();
      return failure;
    } catch (ChangedFileException e) {
      e.addSuppressed(failure);
      return e;
    } catch (IOException e) {
      failure.addSuppressed(e);
      return failure;
    }
  }

  private Optional<String> change() throws IOException {
    // A thread that is interrupted while it reads closes the channel for all.
    if (channel.isOpen() && channel.size() != size) return Optional.of(resized(channel.size()));
    try {
      var now = Files.readAttributes(path, BasicFileAttributes.class);
      if (!Objects.equals(now.fileKey(), before.fileKey())) return Optional.empty();
      // The clock of a file system may stand still for milliseconds.
      if (now.size() != size) return Optional.of(resized(now.size()));
      if (!now.lastModifiedTime().equals(before.lastModifiedTime()))
        return Optional.of("it was written to");
    } catch (NoSuchFileException e) {
      // It is deleted, and as it was.
    }
    return Optional.empty();
  }

  private String resized(long now) {
    return "it had %d bytes, and has %d".formatted(size, now);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private final class Watched extends BlockwiseInput {
    private final InputStream bytes;
    private long left = size;

    Watched(InputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = bytes.read(into, offset, length);
      if (count > 0) left -= count;
      if (left == 0) requireUnchanged();
      return count;
    }

    @Override
    public void close() throws IOException {
      bytes.close();
    }
  }
}
