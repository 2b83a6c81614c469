package io.sluice.store.transfer;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/**
 * The arrays of the parts that are read and not sent yet: never more bytes than allowed, and the
 * same arrays again and again; a part that is larger than that alone is there alone. One thread
 * takes, any give back.
 */
final class PartMemory {
  private static final int MIB = 1 << 20;

  private final int all;
  private final Semaphore mebibytes;
  private final ConcurrentLinkedQueue<byte[]> free = new ConcurrentLinkedQueue<>();
  private volatile int size;
  private volatile boolean givenUp;

  /** Of so many bytes, in whole MiB. */
  PartMemory(long bytes) {
    this.all = Math.toIntExact(bytes / MIB);
    this.mebibytes = new Semaphore(all);
  }

  /**
   * An array of whole MiB, no smaller than the one before it, as soon as there is room for it; an
   * empty one where that was given up.
   */
  byte[] take(int bytes) throws InterruptedException {
    if (bytes != size) {
      size = bytes;
      free.clear();
    }
    mebibytes.acquire(room(bytes));
    if (givenUp) return new byte[0];
    byte[] again = free.poll();
    return again != null && again.length == bytes ? again : new byte[bytes];
  }

  void giveBack(byte[] bytes) {
    if (bytes.length == size) free.add(bytes);
    mebibytes.release(room(bytes.length));
  }

  private int room(int bytes) {
    return Math.min(bytes / MIB, all);
  }

  /** Whoever waits for room goes on, to find out that nobody will make any. */
  void giveUp() {
    givenUp = true;
    mebibytes.release(Integer.MAX_VALUE / 2 - mebibytes.availablePermits());
  }
}
