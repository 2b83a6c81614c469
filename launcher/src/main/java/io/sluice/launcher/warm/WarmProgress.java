package io.sluice.launcher.warm;

import io.sluice.launcher.cli.ByteSize;
import io.sluice.launcher.cli.TimeSpan;
import java.time.Duration;
import java.util.Locale;

/**
 * How far a warming is, for people; pure.
 *
 * @param files that are in the cache, or that will not be
 * @param filesAll found so far
 * @param bytes that are in the cache, of files that are fetched or done
 * @param bytesAll of all files found so far
 * @param isAllFound whether the listing has ended
 */
record WarmProgress(long files, long filesAll, long bytes, long bytesAll, boolean isAllFound) {
  private static final double MEGA = 1e6;

  /**
   * In one line.
   *
   * @param bytesPerSecond from the network, lately
   */
  String line(double bytesPerSecond) {
    String more = isAllFound ? "" : "+";
    return "%d/%d%s files, %s of %s%s, %s MB/s%s"
        .formatted(
            files,
            filesAll,
            more,
            new ByteSize(bytes),
            new ByteSize(bytesAll),
            more,
            String.format(Locale.ROOT, "%.0f", bytesPerSecond / MEGA),
            left(bytesPerSecond));
  }

  private String left(double bytesPerSecond) {
    long left = bytesAll - bytes;
    if (!isAllFound || left <= 0 || bytesPerSecond < 1) return "";
    double seconds = left / bytesPerSecond;
    // Beyond a day the speed of the last seconds says nothing.
    return seconds > Duration.ofDays(1).toSeconds()
        ? ", more than a day left"
        : ", " + TimeSpan.shown((long) Math.ceil(seconds)) + " left";
  }
}
