package io.sluice.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/**
 * An open file or directory that can be locked with flock(2), until it is closed or the process
 * ends, however it ends.
 *
 * <p>Not Java's {@code FileChannel.lock}: those are POSIX locks, which are lost with the first
 * descriptor of the file that is closed anywhere in the process. A flock belongs to the open file,
 * so two caches of one process see each other as two processes do. For one thread at a time.
 */
final class Flock implements AutoCloseable {
  private static final int SHARED = 1;
  private static final int EXCLUSIVE = 2;
  private static final int DO_NOT_WAIT = 4;
  private static final long PAUSE_NANOS = 1_000_000;

  /** Longer than anybody has an object alone who only looks at it, or takes it out. */
  static final Duration MOMENT = Duration.ofMillis(200);

  private final Path path;
  private final int fd;
  private boolean closed;

  private Flock(Path path, int fd) {
    this.path = path;
    this.fd = fd;
  }

  /**
   * Opens what is there, and locks nothing yet.
   *
   * @throws NoSuchFileException where there is nothing
   */
  static Flock open(Path path) throws IOException {
    return new Flock(path, Libc.open(path, Libc.READ_ONLY));
  }

  /** Together with others; instead of the lock that it may have had. */
  boolean tryShared() throws IOException {
    return Libc.flock(fd, SHARED | DO_NOT_WAIT, path);
  }

  /**
   * Alone; instead of the lock that it may have had. <b>Where this fails, that one is lost:</b>
   * flock(2) lets go of the old one first.
   */
  boolean tryExclusive() throws IOException {
    return Libc.flock(fd, EXCLUSIVE | DO_NOT_WAIT, path);
  }

  /** As {@link #tryShared}, for so long: whoever has it alone lets go of it soon. */
  boolean shared(Duration most) throws IOException {
    long deadline = System.nanoTime() + most.toNanos();
    while (!tryShared()) {
      if (System.nanoTime() - deadline > 0) return false;
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return true;
  }

  /** As {@link #tryExclusive}, for so long. */
  boolean exclusive(Duration most) throws IOException {
    long deadline = System.nanoTime() + most.toNanos();
    while (!tryExclusive()) {
      if (System.nanoTime() - deadline > 0) return false;
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return true;
  }

  /** As {@link #exclusive}, but does not wait for those who share it: they keep it for long. */
  boolean exclusiveUnlessShared(Duration most) throws IOException {
    long deadline = System.nanoTime() + most.toNanos();
    while (!tryExclusive()) {
      if (tryShared()) return tryExclusive();
      if (System.nanoTime() - deadline > 0) return false;
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return true;
  }

  /**
   * Whether its path still leads to it. Between the opening and the lock somebody may have removed
   * it, and put another one there: then this lock keeps nobody out.
   */
  boolean isStillThere() throws IOException {
    try {
      return Objects.equals(identity(path), identity(Path.of("/proc/self/fd/" + fd)));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Device and inode. */
  private static Object identity(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  @Override
  public void close() {
    if (!closed) Libc.close(fd);
    closed = true;
  }
}
