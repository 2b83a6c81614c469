package io.sluice.upload;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
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
 * that this process closes; so the file is open here only.
 */
final class LockedFile implements AutoCloseable {
  private static final long LARGEST = 64 << 20;

  private final Path path;
  private volatile Opened opened;

  /**
   * The file, and what its lock hangs on. A channel is closed by the interrupt of a thread that
   * uses it, for all threads and with the lock: so nothing is read or written through this one.
   */
  private record Opened(FileChannel lock, RandomAccessFile file) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      try (lock) {
        file.close();
      }
    }
  }

  private LockedFile(Path path, Opened opened) {
    this.path = path;
    this.opened = opened;
  }

  /**
   * A new file with this text, on disk when this returns.
   *
   * @throws UploadException.Exists where there is one already
   */
  static LockedFile create(Path path, String text) throws IOException {
    Opened fresh;
    try {
      fresh = created(path);
    } catch (FileAlreadyExistsException e) {
      throw new UploadException.Exists("there is a file " + path + " already", e);
    } catch (NoSuchFileException e) {
      throw new IOException("there is no directory for the state file " + path, e);
    }
    var file = new LockedFile(path, fresh);
    boolean done = false;
    try {
      lock(path, fresh.lock());
      file.append(text);
      file.force();
      file.forceName();
      done = true;
      return file;
    } finally {
      if (!done) {
        Files.deleteIfExists(path);
        fresh.close();
      }
    }
  }

  private static Opened created(Path path) throws IOException {
    return opened(
        path, FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  /** Only where the file is there for certain: else this makes one. */
  private static Opened opened(Path path, FileChannel lock) throws IOException {
    boolean done = false;
    try {
      var opened = new Opened(lock, new RandomAccessFile(path.toFile(), "rw"));
      done = true;
      return opened;
    } finally {
      if (!done) lock.close();
    }
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
      FileChannel channel = channel(path);
      boolean done = false;
      try {
        lock(path, channel);
        // Who had it before may have put a new file in its place.
        if (!Objects.equals(before, inode(path))) continue;
        var file = new LockedFile(path, opened(path, channel));
        done = true;
        return file;
      } finally {
        if (!done) channel.close();
      }
    }
  }

  private static FileChannel channel(Path path) throws IOException {
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
      var bytes = ByteBuffer.allocate(size(path, channel.size()));
      int count = 0;
      while (count >= 0 && bytes.hasRemaining()) count = channel.read(bytes, bytes.position());
      return text(path, bytes.flip());
    } catch (NoSuchFileException e) {
      throw missing(path, e);
    }
  }

  String read() throws IOException {
    RandomAccessFile file = opened.file();
    byte[] bytes = new byte[size(path, file.length())];
    file.seek(0);
    file.readFully(bytes);
    return text(path, ByteBuffer.wrap(bytes));
  }

  private static int size(Path path, long size) throws UploadException {
    if (size > LARGEST)
      throw new UploadException.BadState(
          "%s is no state of an upload: it has %d bytes".formatted(path, size), null);
    return (int) size;
  }

  private static String text(Path path, ByteBuffer bytes) throws UploadException {
    try {
      return UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new UploadException.BadState(path + " is damaged: it is no text", e);
    }
  }

  /** At the end; not forced. */
  void append(String text) throws IOException {
    try {
      write(text, opened.file());
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private static void write(String text, RandomAccessFile file) throws IOException {
    file.seek(file.length());
    file.write(text.getBytes(UTF_8));
  }

  private IOException unwritable(IOException e) {
    if (e instanceof ClosedChannelException) return e; // told to end
    return new IOException(
        "the state file %s cannot be written: %s".formatted(path, e.getMessage()), e);
  }

  /** What was appended before is on disk when this returns. For many threads at once. */
  void force() throws IOException {
    try {
      opened.file().getFD().sync();
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** So that the next line begins where a line begins. */
  void cutTornLine() throws IOException {
    RandomAccessFile file = opened.file();
    long end = file.length();
    while (end > 0 && isTorn(file, end)) end--;
    if (end < file.length()) file.setLength(end);
  }

  private static boolean isTorn(RandomAccessFile file, long end) throws IOException {
    file.seek(end - 1);
    return file.read() != '\n';
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
    Opened fresh = created(hidden);
    boolean done = false;
    try {
      lock(hidden, fresh.lock());
      write(text, fresh.file());
      fresh.file().getFD().sync();
      Files.move(hidden, path, StandardCopyOption.ATOMIC_MOVE);
      done = true;
    } finally {
      if (!done) {
        Files.deleteIfExists(hidden);
        fresh.close();
      }
    }
    try (Opened _ = opened) {
      opened = fresh;
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
    opened.close();
  }
}
