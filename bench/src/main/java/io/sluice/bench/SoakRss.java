package io.sluice.bench;

import java.util.HashMap;
import java.util.Map;

/**
 * How much memory each process grows by in its life: by how much its largest sample is above its
 * first one that counts. Pure but for what it remembers; for one thread.
 */
final class SoakRss {
  /** Younger processes are still loading classes and filling pools. */
  static final int GROWN_UP_SECONDS = 20;

  private final Map<Long, Long> first = new HashMap<>();
  private long growth;
  private long most;

  /** One sample of one process, in bytes. */
  void sample(long pid, long ageSeconds, long bytes) {
    most = Math.max(most, bytes);
    if (ageSeconds < GROWN_UP_SECONDS) return;
    long start = first.computeIfAbsent(pid, _ -> bytes);
    growth = Math.max(growth, bytes - start);
  }

  /** The most that any process has grown by, in bytes; 0 where none has lived for long enough. */
  long growth() {
    return growth;
  }

  /** The largest sample of all, in bytes. */
  long most() {
    return most;
  }
}
