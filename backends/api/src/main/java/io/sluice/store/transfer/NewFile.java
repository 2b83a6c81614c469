package io.sluice.store.transfer;

import io.sluice.store.AtExit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Objects;
import java.util.UUID;

/**
 * A file that appears complete or not at all: until then it is a hidden one in the same directory,
 * which is gone when this is closed, or the JVM is told to stop. Ranges may be written by many
 * threads at once, without a lock.
 */
final class NewFile implements AutoCloseable {
  private final Path target;
  private final Path directory;
  private final Path hidden;
  private final FileChannel channel;
  private final AtExit.Entry atExit;

  private NewFile(Path target, Path directory) throws IOException {
    this.target = target;
    this.directory = directory;
    this.hidden = directory.resolve(".sluice-" + UUID.randomUUID() + ".part");
    // As any new file: what the umask leaves of rw-rw-rw-.
    try {
      this.channel =
          FileChannel.open(
              hidden,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.WRITE,
              StandardOpenOption.READ);
    } catch (AccessDeniedException e) {
      throw new IOException(
          "cannot write %s: the directory %s is not writable".formatted(target, directory), e);
    }
    this.atExit = AtExit.JVM.add("the file " + hidden, () -> Files.deleteIfExists(hidden));
  }

  /**
   * Makes room for a file; where there is a link, for the file that it leads to.
   *
   * @param size in bytes
   * @throws IOException where there is no such directory, no room, or no file to be replaced
   */
  static NewFile create(Path file, long size) throws IOException {
    Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path directory = Objects.requireNonNullElse(target.getParent(), target);
    if (!Files.isDirectory(directory))
      throw new NoSuchFileException(file.toString(), null, "there is no directory " + directory);
    if (Files.exists(target) && !Files.isRegularFile(target))
      throw new IOException(file + " is no regular file and cannot be replaced by one");
    long room = Files.getFileStore(directory).getUsableSpace();
    if (room < size)
      throw new IOException(
          "%s needs %d bytes, and the disk has %d left: make room".formatted(file, size, room));
    var created = new NewFile(target, directory);
    boolean prepared = false;
    try {
      created.prepare(size);
      prepared = true;
      return created;
    } finally {
      if (!prepared) created.close();
    }
  }

  private void prepare(long size) throws IOException {
    var view = Files.getFileAttributeView(hidden, PosixFileAttributeView.class);
    if (view != null && Files.exists(target))
      view.setPermissions(Files.getPosixFilePermissions(target));
    if (size > 0) write(new byte[1], 1, size - 1);
  }

  /** Writes the first bytes of an array at an offset of the file. */
  void write(byte[] bytes, int length, long offset) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes, 0, length);
    try {
      while (left.hasRemaining()) channel.write(left, offset + left.position());
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException("cannot write %s: %s".formatted(target, e.getMessage()), e);
    }
  }

  /** Fills an array with what was written, as far as it goes; one byte at least. */
  int read(byte[] bytes, long offset) throws IOException {
    int count = channel.read(ByteBuffer.wrap(bytes), offset);
    if (count < 1) throw new IOException("cannot read %s again".formatted(hidden));
    return count;
  }

  /** The file is there, and stays there where the machine loses its power. */
  void appear() throws IOException {
    channel.force(true);
    Files.move(hidden, target, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel names = FileChannel.open(directory)) {
      names.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      Files.deleteIfExists(hidden);
    } finally {
      atExit.close();
    }
  }
}
