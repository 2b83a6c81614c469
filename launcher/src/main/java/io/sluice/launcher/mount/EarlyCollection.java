package io.sluice.launcher.mount;

import java.time.Duration;

/**
 * Keeps the process small over days: the serial collector looks at old objects only when the heap
 * is full, and what it has touched stays resident until then. A mount's live objects take a
 * fraction of that, so collecting them takes some ten milliseconds, once in minutes.
 */
final class EarlyCollection {
  private static final Duration LOOK = Duration.ofSeconds(10);
  private static final Duration APART = Duration.ofMinutes(1);

  private EarlyCollection() {}

  /** For the rest of the process's life. */
  static void start() {
    Thread.ofPlatform().daemon().name("collect").start(EarlyCollection::watch);
  }

  private static void watch() {
    Runtime runtime = Runtime.getRuntime();
    long collected = System.nanoTime();
    try {
      while (true) {
        Thread.sleep(LOOK);
        long used = runtime.totalMemory() - runtime.freeMemory();
        Duration since = Duration.ofNanos(System.nanoTime() - collected);
        if (!isDue(used, runtime.maxMemory(), since)) continue;
        System.gc();
        collected = System.nanoTime();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether more than a quarter of the heap is in use, which the nursery alone cannot be. */
  static boolean isDue(long used, long most, Duration sinceLast) {
    return used > most / 4 && sinceLast.compareTo(APART) >= 0;
  }
}
