package io.sluice.cache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the cache's disk keeps up with the network. Writes go to the page cache, so they stall
 * only where the kernel makes writers wait for the disk, or where there are not processors enough.
 * The latter shows as waiting for one, and in receiving as much as in writing; that is how the two
 * are told apart, and in doubt the disk is not to blame: what is not cached has to be fetched
 * again. A machine that stands still for a moment shows as neither, but as one stall of all writers
 * at once: so only several, one after the other, are a slow disk. Where others share the data
 * directory each of them would fetch it again, so all of them wait for the disk unless it stands
 * still. While the disk is slow a request tries it after a pause, and more of them as long as that
 * goes well; pauses double. Safe for use by many threads.
 */
final class DiskPace {
  private static final Logger LOG = LoggerFactory.getLogger(DiskPace.class);

  /**
   * Copying one block takes a hundredth of it; the kernel's shortest pause for writers is longer.
   */
  private static final long STALL_NANOS = 50_000_000L;

  /** A single write that takes so long is enough. */
  static final long HANG_NANOS = 2_000_000_000L;

  private static final long WINDOW_NANOS = 500_000_000L;

  /**
   * So many stalls, each begun when the one before was over: what else makes one does not come
   * three times in a row. The window stays open for the next one, which is over within {@link
   * #HANG_NANOS}.
   */
  private static final int ENOUGH_STALLS = 3;

  /** A longer one counts as this, so that it does not outweigh the seconds that follow it. */
  private static final long LONGEST_STALL_NANOS = WINDOW_NANOS;

  /**
   * So much of their time requests may spend in stalled writes: a fifth is what a cache may cost.
   */
  private static final double MOST_STALLED = 0.4;

  /** So much more than in stalled receiving or waiting for a processor, or it is not to blame. */
  private static final double BLAME = 3;

  /** A relapse costs readers about a second: as much of a long load as of a short one. */
  private static final long FIRST_PAUSE_NANOS = Duration.ofSeconds(4).toNanos();

  private static final long LONGEST_PAUSE_NANOS = Duration.ofSeconds(60).toNanos();

  /** What a trial has to write without a stall: more than waits in memory for a slow disk. */
  private static final long TRIAL_BYTES = 256 << 20;

  private final LongSupplier clock;
  private final BooleanSupplier isShared;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private long windowBegan;

  @GuardedBy("lock")
  private long busy;

  @GuardedBy("lock")
  private long stalledWriting;

  @GuardedBy("lock")
  private int stalls;

  @GuardedBy("lock")
  private long lastStallEnded;

  @GuardedBy("lock")
  private long stalledReceiving;

  @GuardedBy("lock")
  private long withoutProcessor;

  @GuardedBy("lock")
  private long pause;

  @GuardedBy("lock")
  private long trialAfter;

  @GuardedBy("lock")
  private long tried;

  @GuardedBy("lock")
  private boolean warned;

  private volatile boolean slow;

  /**
   * Takes the disk to be fast.
   *
   * @param isShared whether other processes use the directory now; may look for itself
   */
  DiskPace(LongSupplier nanoTime, BooleanSupplier isShared) {
    this.clock = nanoTime;
    this.isShared = isShared;
    this.windowBegan = nanoTime.getAsLong();
    this.lastStallEnded = windowBegan;
  }

  /** Whether blocks had better not be written now. */
  boolean isSlow() {
    return slow;
  }

  /** Whether a request that starts now may write: all of them, or those of a trial. */
  boolean mayWrite() {
    if (!slow) return true;
    if (!isTrial()) return false;
    if (isShared.getAsBoolean()) slow = false; // somebody has come since
    return true;
  }

  private boolean isTrial() {
    lock.lock();
    try {
      long now = clock.getAsLong();
      if (now < trialAfter) return false;
      // Where it comes to nothing, another one follows; where it goes well, the next ones do.
      trialAfter = now + pause;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether so many nanoseconds are more than a copy takes. */
  static boolean isStall(long nanos) {
    return nanos > STALL_NANOS;
  }

  /**
   * A request has received a block, and written it.
   *
   * @param receiving how long it waited for the block, in nanoseconds
   * @param writing how long the write took
   * @param delayed how long it waited for a processor since it last said so; only asked for where
   *     {@link #isStall} says so, and 0 otherwise
   */
  void wrote(long bytes, long receiving, long writing, long delayed) {
    if (isToBlame(bytes, receiving, writing, delayed) && !isShared.getAsBoolean()) becomeSlow();
  }

  private boolean isToBlame(long bytes, long receiving, long writing, long delayed) {
    lock.lock();
    try {
      long now = clock.getAsLong();
      busy += receiving + Math.min(writing, LONGEST_STALL_NANOS);
      withoutProcessor += delayed;
      if (isStall(writing)) countStall(writing, delayed, now);
      if (isStall(receiving)) stalledReceiving += receiving;
      if (slow) judgeTrial(bytes, writing, now);
      if (now - windowBegan < WINDOW_NANOS) return false;
      boolean isToBlame =
          stalledWriting > MOST_STALLED * busy
              && stalledWriting > BLAME * Math.max(stalledReceiving, withoutProcessor);
      boolean isEnough = stalls >= ENOUGH_STALLS;
      if (isToBlame && !isEnough && now - lastStallEnded < HANG_NANOS) return false;
      startWindow(now);
      return isToBlame && isEnough;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void countStall(long writing, long delayed, long now) {
    long byDisk = Math.max(0, writing - delayed);
    stalledWriting += Math.min(byDisk, LONGEST_STALL_NANOS);
    boolean isAnother = now - writing - lastStallEnded >= 0;
    if (!isStall(byDisk) || !isAnother) return;
    stalls++;
    lastStallEnded = now;
  }

  @GuardedBy("lock")
  private void judgeTrial(long bytes, long writing, long now) {
    if (isStall(writing)) {
      if (tried > 0) startPause(now); // once, however many requests were part of it
      return;
    }
    tried += bytes;
    trialAfter = now;
    if (tried < TRIAL_BYTES) return;
    slow = false;
    startWindow(now);
  }

  /** As it is where a write has not ended for {@link #HANG_NANOS}. */
  void becomeSlow() {
    lock.lock();
    try {
      if (slow) return;
      startPause(clock.getAsLong());
      slow = true;
      if (warned) return;
      warned = true;
    } finally {
      lock.unlock();
    }
    LOG.warn(
        "the disk of the data directory is slower than the store: while that lasts,"
            + " what is read is not cached");
  }

  /** Longer than the one before, however well it went in between. */
  @GuardedBy("lock")
  private void startPause(long now) {
    pause = Math.clamp(2 * pause, FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS);
    trialAfter = now + pause;
    tried = 0;
  }

  @GuardedBy("lock")
  private void startWindow(long now) {
    windowBegan = now;
    busy = 0;
    stalledWriting = 0;
    stalls = 0;
    stalledReceiving = 0;
    withoutProcessor = 0;
  }
}
