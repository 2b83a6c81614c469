package io.sluice.store.transfer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.store.ByteRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The ranges of an object that are in memory: the next ones after what is written, as many as there
 * are slots. Any threads fill them, one writes them in order, the first one while it still arrives.
 * Ranges are taken in order together with their slots, so the first one always has one. A slot has
 * as many chunks as bytes have come and are not written; the others are there for all.
 */
final class Window {
  private static final int LINGER_MILLIS = 10;

  private final Ranges ranges;
  private final int count;
  private final int chunkSize;
  private final List<Slot> slots = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition freed = lock.newCondition();

  /** The last one used first: it may still be in the processor's cache. */
  @GuardedBy("lock")
  private final Deque<byte[]> freeChunks = new ArrayDeque<>();

  /** The number of the range that is being written. */
  @GuardedBy("lock")
  private int front;

  /** The number of the range that is taken next. */
  @GuardedBy("lock")
  private int next;

  @GuardedBy("lock")
  private boolean givenUp;

  /** The first thread that takes it fills it, from its first byte to its last. */
  static final class Slot {
    private final Deque<byte[]> chunks = new ArrayDeque<>();
    private ByteRange range = new ByteRange(0, 0);
    private long filled;
    private long written;

    ByteRange range() {
      return range;
    }
  }

  /** Bytes that can be written, or room for bytes. */
  static final class Piece {
    final byte[] array;
    final int from;
    final int length;

    private Piece(byte[] array, int from, long length) {
      this.array = array;
      this.from = from;
      this.length = (int) length;
    }
  }

  /** So many ranges, in chunks of so many bytes. */
  Window(Ranges ranges, int slots, int chunkSize) {
    this.ranges = ranges;
    this.count = ranges.number();
    this.chunkSize = chunkSize;
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
      next++;
      return Optional.of(slot);
    } finally {
      lock.unlock();
    }
  }

  private Slot slot(int number) {
    return slots.get(number % slots.size());
  }

  /** Where the next bytes of a slot go. */
  Piece room(Slot slot) {
    // Nobody else fills this slot, and what is written meanwhile moves none of its last chunk.
    int from = (int) (slot.filled % chunkSize);
    long left = slot.range.length() - slot.filled;
    byte[] chunk = from == 0 ? addChunk(slot) : lastChunk(slot);
    return new Piece(chunk, from, Math.min(left, chunkSize - from));
  }

  private byte[] addChunk(Slot slot) {
    byte[] free;
    lock.lock();
    try {
      free = freeChunks.pollLast();
    } finally {
      lock.unlock();
    }
    byte[] chunk = free == null ? new byte[chunkSize] : free; // which takes its time
    lock.lock();
    try {
      slot.chunks.addLast(chunk);
    } finally {
      lock.unlock();
    }
    return chunk;
  }

  private byte[] lastChunk(Slot slot) {
    lock.lock();
    try {
      return slot.chunks.getLast();
    } finally {
      lock.unlock();
    }
  }

  /** So many bytes more are in a slot, where {@link #room} said. */
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

  /** To the end of a chunk, or of the range; what is less waits {@link #LINGER_MILLIS} at most. */
  private boolean isWorthWriting(Slot slot) {
    return slot.filled / chunkSize > slot.written / chunkSize || slot.filled == slot.range.length();
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
          int from = (int) (slot.written % chunkSize);
          long length = Math.min(slot.filled - slot.written, chunkSize - from);
          return Optional.of(new Piece(slot.chunks.getFirst(), from, length));
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
      boolean isWritten = slot.written == slot.range.length();
      if (isWritten || slot.written % chunkSize == 0) freeChunks.addLast(slot.chunks.removeFirst());
      if (!isWritten) return;
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
