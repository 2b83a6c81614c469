package io.sluice.cache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Which objects should go first when room is needed: those used longest ago, by the modification
 * times of their directories. They are scanned, and the coldest kept in a queue until it is empty;
 * whoever takes one has to look whether it is still cold. Safe for use by many threads.
 */
final class Coldest {
  /**
   * An object as it was when the directory was scanned.
   *
   * @param lastUsed if that has changed, it has been used since
   */
  record Candidate(Path directory, FileTime lastUsed) {}

  /** So many are remembered of a scan, so that a cache of a million objects costs no memory. */
  private static final int REMEMBERED = 1024;

  /** Where a scan found nothing that could go, the next one waits for so long. */
  private static final long FUTILE_NANOS = Duration.ofSeconds(1).toNanos();

  private final Path root;
  private final LongSupplier nanoTime;

  /** Held during a scan: whoever needs room needs what it finds. */
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final ArrayDeque<Candidate> queue = new ArrayDeque<>();

  @GuardedBy("lock")
  private long lastScan;

  /** Whether a candidate of the last scan could be evicted, or there was no scan. */
  @GuardedBy("lock")
  private boolean wasOfUse = true;

  Coldest(Path root, LongSupplier nanoTime) {
    this.root = root;
    this.nanoTime = nanoTime;
  }

  /** The next one; empty where a scan has just shown that nothing can go. */
  Optional<Candidate> next() throws IOException {
    lock.lock();
    try {
      if (queue.isEmpty()) {
        if (!wasOfUse && nanoTime.getAsLong() - lastScan < FUTILE_NANOS) return Optional.empty();
        scan();
        lastScan = nanoTime.getAsLong();
        wasOfUse = false;
      }
      return Optional.ofNullable(queue.poll());
    } finally {
      lock.unlock();
    }
  }

  /** Another scan may find something: a candidate did go, or an object has just been closed. */
  void isOfUse() {
    lock.lock();
    try {
      wasOfUse = true;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void scan() throws IOException {
    var warmestFirst =
        new PriorityQueue<Candidate>(Comparator.comparing(Candidate::lastUsed).reversed());
    ObjectWalk.objects(
        root,
        directory -> {
          warmestFirst.add(new Candidate(directory, Files.getLastModifiedTime(directory)));
          if (warmestFirst.size() > REMEMBERED) warmestFirst.poll();
        });
    while (!warmestFirst.isEmpty()) queue.addFirst(warmestFirst.poll());
  }
}
