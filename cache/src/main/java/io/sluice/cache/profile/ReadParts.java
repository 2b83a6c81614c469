package io.sluice.cache.profile;

import io.sluice.store.ByteRange;
import java.util.ArrayList;
import java.util.List;

/**
 * Which parts of a range somebody has read: 64 of them, of the same size, in one number each. A
 * part counts as read once it is touched.
 */
final class ReadParts {
  private final ByteRange range;
  private final long size;
  private long read;

  /** Nothing yet of a range that is not empty. */
  ReadParts(ByteRange range) {
    this.range = range;
    this.size = Math.ceilDiv(range.length(), Long.SIZE);
  }

  ByteRange range() {
    return range;
  }

  /** Notes a read; whether any of it was new. */
  boolean add(long start, long end) {
    long from = Math.max(start, range.start());
    long to = Math.min(end, range.end());
    if (from >= to) return false;
    int first = (int) ((from - range.start()) / size);
    int last = (int) ((to - 1 - range.start()) / size);
    long touched = (-1L << first) & (-1L >>> (Long.SIZE - 1 - last));
    boolean isNew = (read & touched) != touched;
    read |= touched;
    return isNew;
  }

  boolean isComplete() {
    return unread().isEmpty();
  }

  /** What is left, in order. */
  List<ByteRange> unread() {
    if (read == 0) return List.of(range); // as nearly all of them are
    List<ByteRange> left = new ArrayList<>();
    for (int part = 0; part < Long.SIZE; part++) {
      long start = range.start() + part * size;
      if (start >= range.end()) break;
      if ((read >>> part & 1) != 0) continue;
      long end = Math.min(range.end(), start + size);
      boolean goesOn = !left.isEmpty() && left.getLast().end() == start;
      left.add(new ByteRange(goesOn ? left.removeLast().start() : start, end));
    }
    return left;
  }
}
