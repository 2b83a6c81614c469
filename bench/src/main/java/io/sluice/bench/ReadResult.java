package io.sluice.bench;

import java.util.List;
import java.util.regex.Matcher;

/**
 * What a reader reports, in one line between two processes.
 *
 * @param nanos from before open until after the last byte
 * @param bytes read
 * @param medianNanos of a single read of up to 1 MiB
 * @param worstNanos of a single read
 */
record ReadResult(long nanos, long bytes, long medianNanos, long worstNanos) {
  static final ReadResult NONE = new ReadResult(0, 0, 0, 0);

  private static final java.util.regex.Pattern LINE =
      java.util.regex.Pattern.compile("nanos=(\\d+) bytes=(\\d+) median=(\\d+) worst=(\\d+)");

  static ReadResult of(long nanos, long bytes, List<Long> reads) {
    List<Long> sorted = reads.stream().sorted().toList();
    return sorted.isEmpty()
        ? new ReadResult(nanos, bytes, 0, 0)
        : new ReadResult(nanos, bytes, sorted.get(sorted.size() / 2), sorted.getLast());
  }

  String line() {
    return "nanos=%d bytes=%d median=%d worst=%d".formatted(nanos, bytes, medianNanos, worstNanos);
  }

  /** The inverse of {@link #line()}, wherever it stands in an output. */
  static ReadResult parse(String output) {
    Matcher matcher = LINE.matcher(output);
    if (!matcher.find()) throw new IllegalArgumentException("no result in: " + output);
    return new ReadResult(
        Long.parseLong(matcher.group(1)),
        Long.parseLong(matcher.group(2)),
        Long.parseLong(matcher.group(3)),
        Long.parseLong(matcher.group(4)));
  }

  double seconds() {
    return nanos / 1e9;
  }

  /** Of 10^6 bytes per second. */
  double megabytesPerSecond() {
    return bytes / 1e6 / seconds();
  }
}
