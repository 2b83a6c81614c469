package io.sluice.bench;

import java.util.regex.Matcher;

/**
 * What the readers of a soak have seen so far, in one line between two processes.
 *
 * @param reads that were finished and right
 * @param bytes of them
 * @param wrong reads with bytes that no version has there, or of another version than before
 * @param failures reads that ended with EIO and the like, each tried again
 * @param stale reads of a file that was replaced since it was opened (ESTALE)
 * @param waitingSeconds since the reader that waits longest got its last byte
 */
record SoakStatus(
    long reads, long bytes, long wrong, long failures, long stale, long waitingSeconds) {
  static final SoakStatus NONE = new SoakStatus(0, 0, 0, 0, 0, 0);

  private static final java.util.regex.Pattern LINE =
      java.util.regex.Pattern.compile(
          "reads=(\\d+) bytes=(\\d+) wrong=(\\d+) failures=(\\d+) stale=(\\d+) waiting=(\\d+)");

  String line() {
    return "reads=%d bytes=%d wrong=%d failures=%d stale=%d waiting=%d"
        .formatted(reads, bytes, wrong, failures, stale, waitingSeconds);
  }

  /** The last one in an output; {@link #NONE} where there is none yet. */
  static SoakStatus last(String output) {
    SoakStatus last = NONE;
    Matcher matcher = LINE.matcher(output);
    while (matcher.find()) {
      last =
          new SoakStatus(
              Long.parseLong(matcher.group(1)),
              Long.parseLong(matcher.group(2)),
              Long.parseLong(matcher.group(3)),
              Long.parseLong(matcher.group(4)),
              Long.parseLong(matcher.group(5)),
              Long.parseLong(matcher.group(6)));
    }
    return last;
  }

  /** For people. */
  String text() {
    return "%,d reads, %,d MB, %d wrong, %,d failed and tried again, %,d of replaced files"
        .formatted(reads, bytes / 1_000_000, wrong, failures, stale);
  }
}
