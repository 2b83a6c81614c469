package io.sluice.upload;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A text file that one process works on at a time: appended to, or replaced at once. For one thread
 * at a time, but for {@link #force}.
 *
 * <p>The lock belongs to the process (POSIX), and is lost with the first descriptor of the file
 * that this process closes; so the file is open once, here.
 */
final class LockedFile implements AutoCloseable {
  private static final long LARGEST = 64 << 20;

  private final Path path;
  private volatile FileChannel channel;

  private LockedFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * A new file with this text, on disk when this returns.
   *
   * @throws UploadException.Exists where there is one already
   */
  static LockedFile create(Path path, String text) throws IOException {
    FileChannel channel;
    try {
      channel = created(path);
    } catch (FileAlreadyExistsException e) {
      throw new UploadException.Exists("there is a file " + path + " already", e);
    } catch (NoSuchFileException e) {
      throw new IOException("there is no directory for the state file " + path, e);
    }
    var file = new LockedFile(path, channel);
    boolean done = false;
    try {
      lock(path, channel);
      file.append(text);
      channel.force(true);
      file.forceName();
      done = true;
      return file;
    } finally {
      if (!done) {
        Files.deleteIfExists(path);
        channel.close();
      }
    }
  }

  private static FileChannel created(Path path) throws IOException {
    return FileChannel.open(
        path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /**
   * A file that is there.
   *
   * @throws UploadException.BadState where it is not
   * @throws UploadException.InUse where another one has it
   */
  static LockedFile open(Path path) throws IOException {
    while (true) {
      Object before = inode(path);
      FileChannel channel = opened(path);
      boolean done = false;
      try {
        lock(path, channel);
        // Who had it before may have put a new file in its place.
        if (!Objects.equals(before, inode(path))) continue;
        done = true;
        return new LockedFile(path, channel);
      } finally {
        if (!done) channel.close();
      }
    }
  }

  private static FileChannel opened(Path path) throws IOException {
    try {
      return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (NoSuchFileException e) {
      throw missing(path, e);
    }
  }

  private static Object inode(Path path) throws IOException {
    try {
      return Objects.requireNonNull(
          Files.readAttributes(path, BasicFileAttributes.class).fileKey());
    } catch (NoSuchFileException e) {
      throw missing(path, e);
    }
  }

  private static UploadException missing(Path path, NoSuchFileException e) {
    return new UploadException.BadState("there is no state file " + path, e);
  }

  private static void lock(Path path, FileChannel channel) throws IOException {
    @Nullable FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null)
      throw new UploadException.InUse(
          "another process works on the upload of %s: let it end, or stop it".formatted(path));
  }

  /** All of a file, whoever works on it. */
  static String read(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path)) {
      return read(path, channel);
    } catch (NoSuchFileException e) {
      throw missing(path, e);
    }
  }

  String read() throws IOException {
    return read(path, channel);
  }

  private static String read(Path path, FileChannel channel) throws IOException {
    long size = channel.size();
    if (size > LARGEST)
      throw new UploadException.BadState(
          "%s is no state of an upload: it has %d bytes".formatted(path, size), null);
    var bytes = ByteBuffer.allocate((int) size);
    int count = 0;
    while (count >= 0 && bytes.hasRemaining()) count = channel.read(bytes, bytes.position());
    try {
      return UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      throw new UploadException.BadState(path + " is damaged: it is no text", e);
    }
  }

  /** At the end; not forced. */
  void append(String text) throws IOException {
    try {
      write(text, channel);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private static void write(String text, FileChannel channel) throws IOException {
    ByteBuffer bytes = UTF_8.encode(text);
    long at = channel.size();
    while (bytes.hasRemaining()) at += channel.write(bytes, at);
  }

  private IOException unwritable(IOException e) {
    if (e instanceof ClosedChannelException) return e; // told to end
    return new IOException(
        "the state file %s cannot be written: %s".formatted(path, e.getMessage()), e);
  }

  /** What was appended before is on disk when this returns. For many threads at once. */
  void force() throws IOException {
    try {
      channel.force(false);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** So that the next line begins where a line begins. */
  void cutTornLine() throws IOException {
    long end = channel.size();
    var last = ByteBuffer.allocate(1);
    while (end > 0 && channel.read(last.clear(), end - 1) == 1 && last.get(0) != '\n') end--;
    if (end < channel.size()) channel.truncate(end);
  }

  /** Another text in its place, all of it or nothing, under the same lock. */
  void replace(String text) throws IOException {
    try {
      replaceBy(text, hidden());
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Always the same, so that one which a death left behind is not there for ever. */
  private Path hidden() {
    return path.resolveSibling("." + path.getFileName() + ".part");
  }

  private void replaceBy(String text, Path hidden) throws IOException {
    Files.deleteIfExists(hidden); // of an earlier process: it had the lock that is ours now
    FileChannel fresh = created(hidden);
    boolean done = false;
    try {
      lock(hidden, fresh);
      write(text, fresh);
      fresh.force(true);
      Files.move(hidden, path, StandardCopyOption.ATOMIC_MOVE);
      done = true;
    } finally {
      if (!done) {
        Files.deleteIfExists(hidden);
        fresh.close();
      }
    }
    try (FileChannel _ = channel) {
      channel = fresh;
    }
    forceName();
  }

  void remove() throws IOException {
    Files.deleteIfExists(path);
    forceName();
  }

  private void forceName() throws IOException {
    Path directory = Optional.ofNullable(path.toAbsolutePath().getParent()).orElse(path);
    try (FileChannel names = FileChannel.open(directory)) {
      names.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
