package io.sluice.cache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.LoggerFactory;

/**
 * Verifies an object's blocks of an earlier boot before its readers need them: from where the last
 * reader was on, then the rest; in pieces, on as many threads as the executor has, which objects
 * share by taking turns. Starts with the first reader. Safe for use by many threads.
 */
final class VerifyAhead {
  /** Of a file; small enough that a turn ends soon. */
  private static final long PIECE = 1 << 20;

  /** How long closing an object waits for what is being verified of it, as a rule. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Verifies the blocks from {@code first} up to {@code end} as far as they need it. */
  @FunctionalInterface
  interface Work {
    void verify(int first, int end);
  }

  private final int blocks;
  private final int blocksInPiece;
  private final int pieces;
  private final Work work;
  private final Executor threads;
  private final int parallelism;
  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();

  @GuardedBy("lock")
  private final BitSet taken = new BitSet();

  /** Turns that have taken a piece; who only waits for a thread has nothing to end. */
  @GuardedBy("lock")
  private int running;

  private volatile int reader;
  private volatile boolean isOver;
  private volatile boolean isStarted;

  /**
   * Starts nothing yet.
   *
   * @param parallelism how many turns it takes at once
   * @param patience how long {@link #close} waits for those that have begun
   */
  VerifyAhead(BlockLayout layout, Work work, Executor threads, int parallelism, Duration patience) {
    this.blocks = layout.blocks();
    this.blocksInPiece = (int) Math.max(1, PIECE / layout.blockSize());
    this.pieces = (blocks + blocksInPiece - 1) / blocksInPiece;
    this.work = work;
    this.threads = threads;
    this.parallelism = parallelism;
    this.patience = patience;
  }

  /** A reader is at this block; what it does not find verified, it verifies itself. */
  void readerAt(int block) {
    if (isOver) return;
    reader = block;
    if (isStarted) return;
    lock.lock();
    try {
      if (isStarted) return;
      isStarted = true;
      for (int turn = 0; turn < Math.min(parallelism, pieces); turn++) start();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing is verified any more when this returns, unless the disk hangs. */
  void close() {
    isOver = true;
    lock.lock();
    try {
      long nanos = patience.toNanos();
      while (running > 0 && nanos > 0) nanos = idle.awaitNanos(nanos);
      if (running > 0)
        LoggerFactory.getLogger(VerifyAhead.class).warn("still verifying after {}", patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void start() {
    try {
      threads.execute(this::takeTurn);
    } catch (RejectedExecutionException e) {
      isOver = true; // the cache is being closed
    }
  }

  private void takeTurn() {
    int piece = takePiece();
    if (piece < 0) return;
    try {
      int first = piece * blocksInPiece;
      work.verify(first, (int) Math.min(blocks, (long) first + blocksInPiece));
    } finally {
      endTurn();
    }
  }

  private int takePiece() {
    lock.lock();
    try {
      if (isOver) return -1;
      int piece = taken.nextClearBit(reader / blocksInPiece);
      if (piece >= pieces) piece = taken.nextClearBit(0);
      if (piece >= pieces) {
        isOver = true;
        return -1;
      }
      taken.set(piece);
      running++;
      return piece;
    } finally {
      lock.unlock();
    }
  }

  /** Another turn comes after those of other objects. */
  private void endTurn() {
    lock.lock();
    try {
      if (!isOver) start();
      running--;
      if (running == 0) idle.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
