package io.sluice.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** What all readers of a soak have seen together. Safe for many threads. */
final class SoakTally {
  private final LongAdder reads = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder wrong = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder stale = new LongAdder();
  private final AtomicLongArray lastNanos;

  SoakTally(int readers) {
    long now = System.nanoTime();
    lastNanos = new AtomicLongArray(readers);
    for (int i = 0; i < readers; i++) lastNanos.set(i, now);
  }

  void read(int reader, long count) {
    reads.increment();
    bytes.add(count);
    lastNanos.set(reader, System.nanoTime());
  }

  void wrong(String key, long offset, String why) {
    wrong.increment();
    System.out.println("WRONG BYTES in " + key + " at " + offset + ": " + why);
  }

  /** A read that is tried again. */
  void failed(String message, String key) {
    if (message.contains("Stale file handle")) {
      stale.increment();
      return;
    }
    failures.increment();
    // The first of each thousand is enough to see what they are.
    if (failures.sum() % 1000 == 1) System.out.println("failed: " + key + ": " + message);
  }

  SoakStatus status() {
    long now = System.nanoTime();
    long longest = 0;
    for (int i = 0; i < lastNanos.length(); i++)
      longest = Math.max(longest, now - lastNanos.get(i));
    return new SoakStatus(
        reads.sum(),
        bytes.sum(),
        wrong.sum(),
        failures.sum(),
        stale.sum(),
        TimeUnit.NANOSECONDS.toSeconds(longest));
  }
}
