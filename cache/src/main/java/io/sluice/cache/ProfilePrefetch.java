package io.sluice.cache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.cache.profile.AccessProfile;
import io.sluice.cache.profile.Planned;
import io.sluice.cache.profile.ProfileReplay;
import io.sluice.store.ObjectVersion;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches what a profile says will be read, just ahead of the readers that it is told of: from the
 * start of the profile on before anybody has read, and then from where they are. When nobody has
 * read anything for a while it holds nothing open, until somebody reads again. Safe for use by many
 * threads.
 */
public final class ProfilePrefetch implements ReadWatcher, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProfilePrefetch.class);

  /** A load that has not read anything for so long is over, or has not begun. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  /** The window moves so often at most; at 1 GB/s by 20 MB then. */
  private static final long PACE_MILLIS = 20;

  /** Nobody tells what has arrived. */
  private static final Duration LOOK = Duration.ofMillis(500);

  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(15);

  private final BlockCache cache;
  private final ProfileObjects objects;
  private final long window;
  private final Duration patience;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();

  @GuardedBy("lock")
  private final ProfileReplay replay;

  @GuardedBy("lock")
  private boolean hasMoved = true;

  @GuardedBy("lock")
  private long lastMove = System.nanoTime();

  /** Of {@link #thread}. */
  private final Map<ObjectVersion, PlannedFile> files = new HashMap<>();

  private ProfilePrefetch(
      AccessProfile profile,
      BlockCache cache,
      ProfileObjects objects,
      long window,
      Duration patience) {
    this.replay = new ProfileReplay(profile);
    this.cache = cache;
    this.objects = objects;
    this.window = window;
    this.patience = patience;
    this.thread = Thread.ofPlatform().daemon().name("profile").unstarted(this::run);
  }

  /**
   * Begins.
   *
   * @param window how far ahead of the readers, in bytes
   * @param patience for readers
   */
  static ProfilePrefetch start(
      AccessProfile profile,
      BlockCache cache,
      ProfileObjects objects,
      long window,
      Duration patience) {
    var prefetch = new ProfilePrefetch(profile, cache, objects, window, patience);
    prefetch.thread.start();
    return prefetch;
  }

  /** A reader is here. */
  @Override
  public void read(ObjectVersion version, long offset, long length) {
    lock.lock();
    try {
      replay.read(version.key(), offset, length);
      lastMove = System.nanoTime();
      hasMoved = true;
      moved.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Fetches nothing more ahead, and holds nothing open; within a bounded time. */
  @Override
  public void close() {
    over.countDown();
    lock.lock();
    try {
      moved.signal();
    } finally {
      lock.unlock();
    }
    try {
      // Not interrupted: that would close files under those who share them.
      if (!thread.join(CLOSE_WITHIN))
        LOG.warn("the profile is still being followed after {}", CLOSE_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!isOver()) {
        if (objects.hasNext()) known(objects.next(this::isOver));
        if (isOver()) break;
        Optional<List<Planned>> plan = plan();
        files.values().forEach(PlannedFile::giveUpIfFailed);
        if (plan.isPresent()) follow(plan.get());
        else files.values().forEach(PlannedFile::closeIfHere);
        if (!objects.hasNext()) awaitMove();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      files.values().forEach(PlannedFile::close);
    }
  }

  private boolean isOver() {
    return over.getCount() == 0;
  }

  private void known(List<ObjectVersion> versions) {
    lock.lock();
    try {
      for (ObjectVersion version : versions) replay.isNow(version);
      hasMoved |= !versions.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** What to fetch now; empty where that is what it was. */
  private Optional<List<Planned>> plan() {
    lock.lock();
    try {
      boolean isNew = hasMoved;
      hasMoved = false;
      if (System.nanoTime() - lastMove > patience.toNanos()) return Optional.of(List.of());
      return isNew ? Optional.of(replay.next(window)) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private void follow(List<Planned> plan) {
    Set<ObjectVersion> wanted = new HashSet<>();
    int rank = 0;
    for (Planned planned : plan) {
      wanted.add(planned.version());
      files
          .computeIfAbsent(planned.version(), version -> new PlannedFile(cache, version))
          .plan(planned, rank++);
    }
    files
        .entrySet()
        .removeIf(
            file -> {
              if (wanted.contains(file.getKey())) return false;
              file.getValue().close();
              return true;
            });
  }

  /** Returns when somebody has read, when it is time to look at what is here, or at the end. */
  private void awaitMove() throws InterruptedException {
    if (over.await(PACE_MILLIS, TimeUnit.MILLISECONDS)) return;
    boolean isFetching = files.values().stream().anyMatch(PlannedFile::isOpen);
    lock.lock();
    try {
      long left = (isFetching ? LOOK : PATIENCE).toNanos();
      while (!hasMoved && !isOver() && left > 0) left = moved.awaitNanos(left);
    } finally {
      lock.unlock();
    }
  }
}
