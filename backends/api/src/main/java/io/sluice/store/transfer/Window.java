package io.sluice.store.transfer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.store.ByteRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The ranges of an object that are in memory: the next ones after what is written, as many as there
 * are slots. Any threads fill them, one writes them in order, the first one while it still arrives.
 * Ranges are taken in order together with their slots, so the first one always has one.
 */
final class Window {
  /** In bytes: worth waking the writer for; what is less waits {@link #LINGER_MILLIS} at most. */
  private static final int PIECE = 1 << 19;

  private static final int LINGER_MILLIS = 10;

  /** Memory for one range after another. */
  static final class Slot {
    byte[] bytes = new byte[0];
    ByteRange range = new ByteRange(0, 0);

    private int filled;
    private int written;
  }

  /** Bytes that can be written now. */
  static final class Piece {
    final byte[] array;
    final int from;
    final int length;

    private Piece(byte[] array, int from, int length) {
      this.array = array;
      this.from = from;
      this.length = length;
    }
  }

  private final Ranges ranges;
  private final int count;
  private final List<Slot> slots = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition freed = lock.newCondition();

  /** The number of the range that is being written. */
  @GuardedBy("lock")
  private long front;

  /** The number of the range that is taken next. */
  @GuardedBy("lock")
  private long next;

  @GuardedBy("lock")
  private boolean givenUp;

  Window(Ranges ranges, int slots) {
    this.ranges = ranges;
    this.count = ranges.number();
    for (int i = 0; i < slots; i++) this.slots.add(new Slot());
  }

  /** The next range to be fetched, as soon as it has a slot; none when all are taken. */
  Optional<Slot> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (next < count && next == front + slots.size() && !givenUp) freed.await();
      if (next == count || givenUp) return Optional.empty();
      Slot slot = slot(next);
      slot.range = ranges.get(next);
      slot.filled = 0;
      slot.written = 0;
      if (slot.bytes.length < slot.range.length())
        slot.bytes = new byte[Math.toIntExact(slot.range.length())];
      next++;
      return Optional.of(slot);
    } finally {
      lock.unlock();
    }
  }

  private Slot slot(long number) {
    return slots.get((int) (number % slots.size()));
  }

  /** So many bytes more are in a slot. */
  void filled(Slot slot, int bytes) {
    lock.lock();
    try {
      boolean wasEmpty = slot.filled == slot.written;
      slot.filled += bytes;
      if (slot.equals(slot(front)) && (wasEmpty || isWorthWriting(slot))) arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  private static boolean isWorthWriting(Slot slot) {
    return slot.filled - slot.written >= PIECE || slot.filled == slot.range.length();
  }

  /**
   * The next bytes in order, as soon as they have come; none at the end, or where it is given up.
   */
  Optional<Piece> next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (front < count && !givenUp) {
        Slot slot = slot(front);
        if (front < next && slot.filled > slot.written) {
          if (!isWorthWriting(slot)) arrived.await(LINGER_MILLIS, TimeUnit.MILLISECONDS);
          return Optional.of(new Piece(slot.bytes, slot.written, slot.filled - slot.written));
        }
        arrived.await();
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** So many bytes more are written: those of the last piece. */
  void written(int bytes) {
    lock.lock();
    try {
      Slot slot = slot(front);
      slot.written += bytes;
      if (slot.written < slot.range.length()) return;
      front++;
      freed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whoever waits goes on, to find out that nothing will come. */
  void giveUp() {
    lock.lock();
    try {
      givenUp = true;
      arrived.signalAll();
      freed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
