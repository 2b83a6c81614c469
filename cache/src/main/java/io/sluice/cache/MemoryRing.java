package io.sluice.cache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Blocks that the disk did not take, kept until their readers had them: a bounded ring of direct
 * buffers, where the newest block replaces the oldest. A block that was replaced before it was read
 * is fetched again. Buffers are allocated as they are needed and never given back. Safe for use by
 * many threads; copies are made under the lock, which is a matter of microseconds.
 */
final class MemoryRing {
  private record Key(Blocks file, int block) {}

  private final int slots;
  private final int blockSize;
  private final ReentrantLock lock = new ReentrantLock();

  /** The oldest first. Each buffer from 0 to its limit is the block. */
  @GuardedBy("lock")
  private final LinkedHashMap<Key, ByteBuffer> blocks = new LinkedHashMap<>();

  private volatile boolean used;

  MemoryRing(long bytes, int blockSize) {
    this.slots = (int) Math.max(2, bytes / blockSize);
    this.blockSize = blockSize;
  }

  /** How much can be on its way to readers at once, in bytes. */
  long capacity() {
    return (long) slots * blockSize;
  }

  void put(Blocks file, int block, byte[] bytes, int length) {
    used = true;
    lock.lock();
    try {
      ByteBuffer buffer = blocks.remove(new Key(file, block));
      if (buffer == null)
        buffer =
            blocks.size() < slots
                ? ByteBuffer.allocateDirect(blockSize)
                : blocks.pollFirstEntry().getValue();
      blocks.putLast(new Key(file, block), buffer.clear().put(bytes, 0, length).flip());
    } finally {
      lock.unlock();
    }
  }

  boolean holds(Blocks file, int block) {
    if (!used) return false;
    lock.lock();
    try {
      return blocks.containsKey(new Key(file, block));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Copies what the block has from {@code from} on, as much as {@code into} takes.
   *
   * @return how many bytes; -1 where the block is not here
   */
  int copy(Blocks file, int block, int from, ByteBuffer into) {
    if (!used) return -1;
    lock.lock();
    try {
      ByteBuffer buffer = blocks.get(new Key(file, block));
      if (buffer == null) return -1;
      int length = Math.min(into.remaining(), buffer.limit() - from);
      into.put(into.position(), buffer, from, length);
      into.position(into.position() + length);
      return length;
    } finally {
      lock.unlock();
    }
  }
}
