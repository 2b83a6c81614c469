package io.sluice.cache;

import io.sluice.cache.Span.Urgency;
import io.sluice.store.ByteRange;
import java.util.BitSet;
import java.util.List;

/**
 * What became of a {@link Replay}.
 *
 * @param gets in the order in which they were sent
 * @param read blocks of which something was read
 * @param nanos until the last read was answered
 * @param mostInFlight GETs at once
 * @param longestWait of one read, in nanoseconds
 * @param longestUnserved how long a reader waited for a block before a GET for it was sent, at
 *     most, in nanoseconds
 * @param ends when each program had read everything, the first first
 */
record Replayed(
    BlockLayout layout,
    List<Get> gets,
    BitSet read,
    long nanos,
    int mostInFlight,
    long longestWait,
    long longestUnserved,
    List<Long> ends) {
  /**
   * One request.
   *
   * @param asked its range
   * @param blocks how many had come at the end
   */
  record Get(Span span, ByteRange asked, int blocks) {
    Get withOneMore() {
      return new Get(span, asked, blocks + 1);
    }

    Urgency urgency() {
      return span.urgency();
    }
  }

  /** Blocks that came, in all. */
  int fetched() {
    return gets.stream().mapToInt(Get::blocks).sum();
  }

  /** Blocks that came and were not read, or had come before. */
  int wasted() {
    var came = new BitSet();
    for (Get get : gets) came.set(get.span().first(), get.span().first() + get.blocks());
    came.and(read);
    return fetched() - came.cardinality();
  }

  /** Blocks between two places of the file that came. */
  int fetched(long start, long end) {
    int count = 0;
    for (Get get : gets)
      for (int block = get.span().first(); block < get.span().first() + get.blocks(); block++)
        if (layout.start(block) >= start && layout.end(block) <= end) count++;
    return count;
  }

  /** How often a GET is for what lies before what the one before it was for. */
  static long stepsBack(List<Long> places) {
    long steps = 0;
    for (int i = 1; i < places.size(); i++) if (places.get(i) < places.get(i - 1)) steps++;
    return steps;
  }

  /** Of one line; in MiB, milliseconds and seconds. */
  String row() {
    double mib = CacheSettings.BLOCK / (double) (1 << 20);
    return "%4d GETs, %.1f MiB, %.1f wasted, %d at once, %d ms unserved, %d ms longest wait, %.2f s"
        .formatted(
            gets.size(),
            fetched() * mib,
            wasted() * mib,
            mostInFlight,
            longestUnserved / Replay.MS,
            longestWait / Replay.MS,
            nanos / 1e9);
  }

  /** Each GET, its range in blocks, for a look at what happens. */
  String log() {
    var lines = new StringBuilder(row());
    for (Get get : gets)
      lines.append(
          "%n%s %d+%d, %d came"
              .formatted(get.urgency(), get.span().first(), get.span().blocks(), get.blocks()));
    return lines.toString();
  }
}
