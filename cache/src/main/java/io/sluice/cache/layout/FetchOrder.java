package io.sluice.cache.layout;

import io.sluice.store.ByteRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Ranges in the order in which they are added; one that goes on where the last ended joins it. */
final class FetchOrder {
  private final List<ByteRange> ranges = new ArrayList<>();

  /** Adds a range of a file of {@code size} bytes; an empty one is nothing. */
  void add(long start, long end, long size) throws MalformedException {
    if (start < 0 || end < start || end > size) throw new MalformedException();
    if (start == end) return;
    if (!ranges.isEmpty() && ranges.getLast().end() == start) {
      ranges.set(ranges.size() - 1, new ByteRange(ranges.getLast().start(), end));
      return;
    }
    if (ranges.size() == LayoutSearch.MOST_RANGES) throw new MalformedException();
    ranges.add(new ByteRange(start, end));
  }

  /** What was added, where no byte of it was added twice. */
  LayoutSearch found() throws MalformedException {
    long end = 0;
    for (ByteRange range :
        ranges.stream().sorted(Comparator.comparingLong(ByteRange::start)).toList()) {
      if (range.start() < end) throw new MalformedException();
      end = range.end();
    }
    return new LayoutSearch.Found(ranges);
  }
}
