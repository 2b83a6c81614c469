package io.sluice.cache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A share in an arena. Closing a shared arena stops every thread of the process for a moment, which
 * is more than opening a small object takes otherwise; so {@link #SHARES} maps have one together,
 * and the last one closes it. Safe for use by many threads.
 */
final class MapArena implements AutoCloseable {
  private static final int SHARES = 256;
  private static final ReentrantLock LOCK = new ReentrantLock();

  @GuardedBy("LOCK")
  private static Group current = new Group();

  private static final class Group {
    final Arena arena = Arena.ofShared();

    @GuardedBy("LOCK")
    int taken;

    @GuardedBy("LOCK")
    int closed;
  }

  private final Group group;
  private final AtomicBoolean isClosed = new AtomicBoolean();

  private MapArena(Group group) {
    this.group = group;
  }

  static MapArena take() {
    LOCK.lock();
    try {
      if (current.taken == SHARES) current = new Group();
      current.taken++;
      return new MapArena(current);
    } finally {
      LOCK.unlock();
    }
  }

  Arena arena() {
    return group.arena;
  }

  /** What was mapped stays mapped for a while: it must not be used any more all the same. */
  @Override
  public void close() {
    if (!isClosed.compareAndSet(false, true)) return;
    LOCK.lock();
    try {
      if (++group.closed < SHARES) return;
    } finally {
      LOCK.unlock();
    }
    group.arena.close();
  }
}
