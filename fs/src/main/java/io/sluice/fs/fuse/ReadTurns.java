package io.sluice.fs.fuse;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/**
 * How many reads may hold a thread at once. Those beyond wait here and not on a thread of the
 * mount, so that some are left for {@code ls} and {@code stat} however many reads the store keeps
 * waiting.
 *
 * <p>With two turns: reads a and b run, c is put down and its thread goes back to the kernel; the
 * thread of whichever of a and b ends first runs c as well.
 */
final class ReadTurns {
  private final Semaphore turns;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

  ReadTurns(int turns) {
    this.turns = new Semaphore(turns);
  }

  /** Runs a read on this thread, now; or on another one later, where all turns are taken. */
  void run(Runnable read) {
    waiting.add(read);
    // Looked at again after each release: what was put down while all turns were taken is seen by
    // the one who gives a turn back.
    while (!waiting.isEmpty() && turns.tryAcquire()) {
      try {
        Runnable next = waiting.poll();
        if (next != null) next.run();
      } finally {
        turns.release();
      }
    }
  }
}
