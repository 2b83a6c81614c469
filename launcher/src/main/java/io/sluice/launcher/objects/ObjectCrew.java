package io.sluice.launcher.objects;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Threads that work on many objects at once. What is found and not begun is bounded, so whoever
 * finds more than they can do waits.
 */
final class ObjectCrew implements AutoCloseable {
  /** Behind each thread, so that none waits for a page of a listing. */
  private static final int WAITING = 64;

  private static final long CLOSE_WITHIN_SECONDS = 30;

  private final ExecutorService threads;
  private final Semaphore room;

  /** So many threads. */
  ObjectCrew(String name, int count) {
    this.threads =
        Executors.newFixedThreadPool(
            count, Thread.ofPlatform().daemon().name(name + "-", 0).factory());
    this.room = new Semaphore(count * (1 + WAITING));
  }

  /** Has it done by one of them, which must not throw. Waits where too much is to be done. */
  void add(Runnable work) throws InterruptedException {
    room.acquire();
    threads.execute(
        () -> {
          try {
            work.run();
          } finally {
            room.release();
          }
        });
  }

  /** Returns when everything is done. */
  void finish() throws InterruptedException {
    threads.shutdown();
    while (!threads.awaitTermination(1, TimeUnit.HOURS)) {
      // Each request ends by itself; how many there are is not bounded.
    }
  }

  /** What has not begun is dropped, what is under way is interrupted, and ends soon. */
  @Override
  public void close() {
    threads.shutdownNow();
    boolean interrupted = Thread.interrupted();
    try {
      boolean _ = threads.awaitTermination(CLOSE_WITHIN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      interrupted = true;
    }
    if (interrupted) Thread.currentThread().interrupt();
  }
}
