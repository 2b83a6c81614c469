package io.sluice.store.local;

import io.sluice.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lock under which files get their names, held by one thread of one process: among our threads
 * first, then among processes. A process loses all of its locks on a file as soon as any descriptor
 * of that file is closed (POSIX, fcntl(2)), so only who has the first lock may open the file at
 * all, and nobody else in this JVM has it open then. For many threads; not to be taken twice.
 */
final class NamingLock {
  /** For both locks together. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** By the file's path, whose directory is a real one; as many as directories were opened. */
  private static final ConcurrentMap<Path, ReentrantLock> OF_THIS_JVM = new ConcurrentHashMap<>();

  private final Path file;
  private final ReentrantLock ours;

  NamingLock(Path file) {
    this.file = file;
    this.ours = OF_THIS_JVM.computeIfAbsent(file, _ -> new ReentrantLock(true));
  }

  /** What is to be done while nobody else names files in this bucket. */
  interface Naming<T> {
    T run() throws IOException;
  }

  /**
   * Does it under the lock.
   *
   * @throws StoreException.Unavailable where the lock does not come free within 30 s, or the thread
   *     is interrupted
   */
  <T> T alone(Naming<T> naming) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    if (!isOursWithin(PATIENCE)) throw tookTooLong();
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = lock(channel, end)) {
      return naming.run();
    } finally {
      ours.unlock(); // after the file is closed
    }
  }

  private boolean isOursWithin(Duration patience) throws StoreException {
    try {
      return ours.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted();
    }
  }

  private FileLock lock(FileChannel channel, long end) throws IOException {
    while (true) {
      try {
        FileLock lock = channel.tryLock();
        if (lock != null) return lock;
      } catch (OverlappingFileLockException e) {
        // Something else in this JVM locked the file: it comes free as from another process.
      }
      if (System.nanoTime() - end > 0) throw tookTooLong();
      if (Thread.currentThread().isInterrupted()) throw interrupted();
      LockSupport.parkNanos(500_000); // file locks have no queue
    }
  }

  private StoreException tookTooLong() {
    return new StoreException.Unavailable(
        "%s has been locked by another for %d s".formatted(file, PATIENCE.toSeconds()), null);
  }

  private StoreException interrupted() {
    return new StoreException.Unavailable("interrupted while waiting for " + file, null);
  }
}
