package io.sluice.cache.profile;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.store.ByteRange;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What was read of one object version, as runs: no byte is in two of them. A read that goes on
 * where a run ends that was touched lately lengthens it, and joins it with what had overtaken it;
 * so pieces that arrive out of order become one run, and what comes much later, or came much
 * earlier, stands in its own place. Safe for many threads.
 */
final class FileRuns {
  /** Runs that a read may lengthen: as many readers of one file as are told apart. */
  static final int MOST_OPEN = 64;

  /**
   * A run that is as long begins another one, in bytes: so readers that go on side by side, each in
   * its own part of the file, stay side by side in the profile.
   */
  static final long LONGEST = 16 << 20;

  /** So far a read may arrive before those that it follows in the file, in bytes. */
  static final long MOST_AHEAD = 1 << 20;

  /** A run, with the number of its first read among all reads and its time. */
  record Run(long order, long millis, ByteRange range) {
    /** This one and the one behind it. */
    Run joined(Run next) {
      return new Run(
          Math.min(order, next.order),
          Math.min(millis, next.millis),
          new ByteRange(range.start(), next.range.end()));
    }
  }

  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final TreeMap<Long, Run> byStart = new TreeMap<>();

  /** By their starts, the one touched last at the end. */
  @GuardedBy("lock")
  private final SequencedSet<Long> open = new LinkedHashSet<>();

  /** How many more runs there may be, in all files together. */
  private final AtomicInteger room;

  FileRuns(AtomicInteger room) {
    this.room = room;
  }

  /** Adds what is new of a read; false where there was no room for a run of it. */
  boolean add(Run read) {
    lock.lock();
    try {
      boolean isAdded = true;
      long at = read.range().start();
      while (at < read.range().end()) {
        Map.Entry<Long, Run> before = byStart.floorEntry(at);
        if (before != null && before.getValue().range().end() > at) {
          at = before.getValue().range().end();
          continue;
        }
        Long next = byStart.higherKey(at);
        long end = next == null ? read.range().end() : Math.min(next, read.range().end());
        isAdded &= addNew(new Run(read.order(), read.millis(), new ByteRange(at, end)));
        at = end;
      }
      return isAdded;
    } finally {
      lock.unlock();
    }
  }

  List<Run> list() {
    lock.lock();
    try {
      return List.copyOf(byStart.values());
    } finally {
      lock.unlock();
    }
  }

  /** Adds a run of which no byte is known, with those that it touches. */
  @GuardedBy("lock")
  private boolean addNew(Run run) {
    Run whole = run;
    int joined = 0;
    Map.Entry<Long, Run> before = byStart.lowerEntry(run.range().start());
    if (before != null && isOpen(before.getValue()) && fits(before.getValue(), whole)) {
      whole = taken(before.getValue()).joined(whole);
      joined++;
    }
    Run after = byStart.get(run.range().end());
    if (after != null && isOpen(after) && isAhead(after) && fits(whole, after)) {
      whole = whole.joined(taken(after));
      joined++;
    }
    if (joined == 2) room.incrementAndGet();
    if (joined == 0 && !takesRoom()) return false;
    byStart.put(whole.range().start(), whole);
    open.addLast(whole.range().start());
    if (open.size() > MOST_OPEN) open.removeFirst();
    return true;
  }

  @GuardedBy("lock")
  private boolean isOpen(Run run) {
    return open.contains(run.range().start());
  }

  /** Whether a run is only what overtook those before it, and not a place of its own. */
  private static boolean isAhead(Run run) {
    return run.range().length() <= MOST_AHEAD;
  }

  private static boolean fits(Run first, Run second) {
    return first.range().end() == second.range().start()
        && second.range().end() - first.range().start() <= LONGEST;
  }

  @GuardedBy("lock")
  private Run taken(Run known) {
    byStart.remove(known.range().start());
    open.remove(known.range().start());
    return known;
  }

  private boolean takesRoom() {
    return room.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
  }
}
