package io.sluice.launcher.warm;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.cache.Prefetch;
import io.sluice.store.ObjectVersion;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One object of a warming: what is known of it so far, and how much of it is missing. */
final class WarmJob {
  private final String key;
  private volatile @Nullable ObjectVersion version;
  private volatile long size;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private @Nullable Prefetch prefetch;

  /** What was missing when its fetch was over: then the fetch can no longer be asked. */
  @GuardedBy("lock")
  private long left;

  @GuardedBy("lock")
  private boolean isOver;

  WarmJob(String key, @Nullable ObjectVersion version) {
    this.key = key;
    this.version = version;
    this.size = version == null ? 0 : version.size();
  }

  String key() {
    return key;
  }

  /** Empty until the bucket was asked for it. */
  Optional<ObjectVersion> version() {
    return Optional.ofNullable(version);
  }

  /** The bucket has answered; so many bytes of it are wanted. */
  void found(ObjectVersion now, long bytes) {
    version = now;
    size = bytes;
  }

  /** From now on it is being fetched. */
  void fetching(Prefetch now) {
    lock.lock();
    try {
      prefetch = now;
    } finally {
      lock.unlock();
    }
  }

  /** Its fetch is over, and about to be closed. */
  void fetched() {
    lock.lock();
    try {
      if (prefetch != null) left = prefetch.missing();
      prefetch = null;
      isOver = true;
    } finally {
      lock.unlock();
    }
  }

  /** What is wanted of it, in bytes; 0 while nothing is known of it. */
  long size() {
    return size;
  }

  /** Bytes that are not in the cache, as far as is known. */
  long missing() {
    lock.lock();
    try {
      if (prefetch != null) return prefetch.missing();
      return isOver ? left : size();
    } finally {
      lock.unlock();
    }
  }
}
