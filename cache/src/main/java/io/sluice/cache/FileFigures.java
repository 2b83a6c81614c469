package io.sluice.cache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How much was read of each file, for so many files at most: where there are more, those that are
 * closed and were read least are forgotten. Safe for use by many threads.
 */
final class FileFigures {
  private final int most;
  private final CacheCounters all;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Map<String, FileCounters> files = new HashMap<>();

  FileFigures(int most, CacheCounters all) {
    this.most = most;
    this.all = all;
  }

  /** The counters of a file, which is to be {@link #closed} as often as it was opened. */
  FileCounters opened(String key) {
    lock.lock();
    try {
      FileCounters known = files.get(key);
      if (known != null) {
        known.opens++;
        return known;
      }
      var counters = new FileCounters(key, all);
      counters.opens = 1;
      if (files.size() < most || forgotten()) files.put(key, counters);
      return counters;
    } finally {
      lock.unlock();
    }
  }

  void closed(FileCounters counters) {
    lock.lock();
    try {
      counters.opens--;
      // Fetched and never read, as ten thousand files in a row may be: nothing to show of it.
      if (counters.opens == 0 && counters.figure().served() == 0)
        files.remove(counters.key(), counters);
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private boolean forgotten() {
    return files.values().stream()
        .filter(file -> file.opens == 0)
        .min(Comparator.comparingLong(file -> file.figure().served()))
        .map(least -> files.remove(least.key()))
        .isPresent();
  }

  /** The files of which most was read, at most so many. */
  List<FileFigure> top(int count) {
    lock.lock();
    try {
      return files.values().stream()
          .map(FileCounters::figure)
          .filter(file -> file.served() > 0)
          .sorted(Comparator.comparingLong(FileFigure::served).reversed())
          .limit(count)
          .toList();
    } finally {
      lock.unlock();
    }
  }
}
