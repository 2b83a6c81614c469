package io.sluice.cache;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Blocks that the disk did not take, kept until their readers had them: a bounded ring of direct
 * buffers, where the newest block replaces one that was read, else the oldest. A block that was
 * replaced before it was read is fetched again. Buffers are allocated as they are needed and never
 * given back. Safe for use by many threads; copies are made under the lock, which is a matter of
 * microseconds.
 */
final class MemoryRing {
  private record Key(Blocks file, int block) {}

  /** From 0 to its limit the buffer is the block. */
  private record Held(ByteBuffer bytes, boolean isRead) {}

  private final int slots;
  private final int blockSize;
  private final ReentrantLock lock = new ReentrantLock();

  /** What is to be replaced first comes first. */
  @GuardedBy("lock")
  private final LinkedHashMap<Key, Held> blocks = new LinkedHashMap<>();

  /** How many blocks of each file nobody has read to their end. */
  @GuardedBy("lock")
  private final Map<Blocks, Integer> unread = new HashMap<>();

  private volatile boolean used;

  MemoryRing(long bytes, int blockSize) {
    this.slots = (int) Math.max(2, bytes / blockSize);
    this.blockSize = blockSize;
  }

  /** How much can be on its way to readers at once, in bytes. */
  long capacity() {
    return (long) slots * blockSize;
  }

  /**
   * How much of one file should be on its way at once, in bytes: files share it evenly, and a
   * quarter is for what comes in another order than it is read.
   */
  long share(Blocks file) {
    lock.lock();
    try {
      int files = unread.size() + (unread.containsKey(file) ? 0 : 1);
      return capacity() / 4 * 3 / files;
    } finally {
      lock.unlock();
    }
  }

  /** Copies what is between the position and the limit of {@code bytes}, which is not changed. */
  void put(Blocks file, int block, ByteBuffer bytes) {
    used = true;
    var key = new Key(file, block);
    lock.lock();
    try {
      ByteBuffer buffer = freeBuffer(key).clear().put(bytes.duplicate()).flip();
      blocks.putLast(key, new Held(buffer, false));
      unread.merge(file, 1, Integer::sum);
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private ByteBuffer freeBuffer(Key key) {
    Held same = blocks.remove(key);
    if (same != null) return freed(key, same);
    if (blocks.size() < slots) return ByteBuffer.allocateDirect(blockSize);
    Map.Entry<Key, Held> first = blocks.pollFirstEntry();
    return freed(first.getKey(), first.getValue());
  }

  @GuardedBy("lock")
  private ByteBuffer freed(Key key, Held held) {
    if (!held.isRead()) forget(key);
    return held.bytes();
  }

  @GuardedBy("lock")
  private void forget(Key key) {
    unread.computeIfPresent(key.file(), (_, count) -> count > 1 ? count - 1 : null);
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
    var key = new Key(file, block);
    lock.lock();
    try {
      Held held = blocks.get(key);
      if (held == null) return -1;
      ByteBuffer buffer = held.bytes();
      int length = Math.min(into.remaining(), buffer.limit() - from);
      into.put(into.position(), buffer, from, length);
      into.position(into.position() + length);
      // The kernel keeps what it has read: few ask twice.
      if (from + length == buffer.limit() && !held.isRead()) {
        blocks.putFirst(key, new Held(buffer, true));
        forget(key);
      }
      return length;
    } finally {
      lock.unlock();
    }
  }

  /** A file is closed: nobody reads what is here of it. */
  void closed(Blocks file) {
    if (!used) return;
    lock.lock();
    try {
      if (unread.remove(file) == null) return;
      for (Key key : List.copyOf(blocks.keySet()))
        if (key.file() == file)
          blocks.putFirst(key, new Held(requireNonNull(blocks.get(key)).bytes(), true));
    } finally {
      lock.unlock();
    }
  }
}
