package io.sluice.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes room in a data directory: takes cold versions out, the least recently used first. Many who
 * need room at once do not each evict for all of them. Safe for use by many threads.
 */
final class Evictor {
  private static final Logger LOG = LoggerFactory.getLogger(Evictor.class);
  private static final Duration DELETED_WITHIN = Duration.ofSeconds(5);

  private final Path root;
  private final CacheSettings.Space space;
  private final UsageFile usage;
  private final LongSupplier free;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition deleted = lock.newCondition();

  private final Coldest coldest;

  /** Bytes taken out of the cache that are still being deleted: the disk says so only then. */
  private final AtomicLong doomed = new AtomicLong();

  /**
   * Of a data directory.
   *
   * @param free bytes of its disk, less what is reserved
   */
  Evictor(Path root, CacheSettings.Space space, UsageFile usage, LongSupplier free) {
    this.root = root;
    this.space = space;
    this.usage = usage;
    this.free = free;
    this.coldest = new Coldest(root, System::nanoTime);
  }

  /** Bytes that have to go before so many more may be written; 0 or less where there is room. */
  long lacking(long more) {
    long overBound = usage.used() + more - space.most();
    return Math.max(overBound, more + space.reserve() - free.getAsLong() - doomed.get());
  }

  /**
   * Evicts cold versions, the least recently used first, until so many bytes fit or none is left.
   */
  void makeRoom(long more) {
    try {
      while (true) {
        Optional<Doomed> next = takeColdest(more);
        if (next.isPresent()) delete(next.get());
        else if (!isMoreDeleted(more)) return;
      }
    } catch (IOException e) {
      LOG.warn("evicting from {}: {}", root, e.toString());
    }
  }

  private void delete(Doomed object) throws IOException {
    try {
      object.delete();
      LOG.debug("evicted {}", object.directory());
    } finally {
      deleted(object);
    }
  }

  private void deleted(Doomed object) {
    lock.lock();
    try {
      doomed.addAndGet(-object.bytes());
      deleted.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for what others delete, where that is the room that lacks; false where there is none. */
  private boolean isMoreDeleted(long more) {
    lock.lock();
    try {
      boolean hasWaited = false;
      long left = DELETED_WITHIN.toNanos();
      while (doomed.get() > 0 && more + space.reserve() > free.getAsLong() && left > 0) {
        left = deleted.awaitNanos(left);
        hasWaited = true;
      }
      return hasWaited && left > 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Takes one out of the cache, which its caller deletes; empty where there is room, or none. */
  Optional<Doomed> takeColdest(long more) throws IOException {
    lock.lock();
    try {
      while (lacking(more) > 0) {
        Optional<Coldest.Candidate> next = coldest.next();
        if (next.isEmpty()) return Optional.empty();
        Optional<Doomed> taken = take(next.get());
        if (taken.isEmpty()) continue;
        usage.grew(-taken.get().bytes());
        doomed.addAndGet(taken.get().bytes());
        coldest.isOfUse();
        return taken;
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private static Optional<Doomed> take(Coldest.Candidate candidate) throws IOException {
    return Doomed.take(
        candidate.directory(),
        directory -> Files.getLastModifiedTime(directory).equals(candidate.lastUsed()));
  }

  /** An object has been closed: it may go now. */
  void closed() {
    coldest.isOfUse();
  }
}
