package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;

/**
 * What a process has cost so far, as Linux counts it.
 *
 * @param userSeconds of CPU
 * @param systemSeconds of CPU in the kernel on its behalf
 * @param peakRssBytes the most memory it had at once; of several processes, the largest of theirs
 * @param sumRssBytes these peaks of all processes together
 */
record Usage(double userSeconds, double systemSeconds, long peakRssBytes, long sumRssBytes) {
  static final Usage NONE = new Usage(0, 0, 0, 0);

  /** Of a single process. */
  Usage(double userSeconds, double systemSeconds, long peakRssBytes) {
    this(userSeconds, systemSeconds, peakRssBytes, peakRssBytes);
  }

  // Of user space, on every architecture: sysconf(_SC_CLK_TCK).
  private static final double TICKS_PER_SECOND = 100;

  private static final java.util.regex.Pattern LINE =
      java.util.regex.Pattern.compile("user=([\\d.]+) system=([\\d.]+) rss=(\\d+)");

  /** Of a living process. */
  static Usage of(long pid) throws IOException {
    Path directory = Path.of("/proc", Long.toString(pid));
    return parse(
        Files.readString(directory.resolve("stat")), Files.readString(directory.resolve("status")));
  }

  static Usage parse(String stat, String status) {
    // The name in field 2 may hold spaces and parentheses: count behind the last one.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    Matcher peak = java.util.regex.Pattern.compile("VmHWM:\\s+(\\d+) kB").matcher(status);
    return new Usage(
        Long.parseLong(fields[11]) / TICKS_PER_SECOND,
        Long.parseLong(fields[12]) / TICKS_PER_SECOND,
        peak.find() ? Long.parseLong(peak.group(1)) * 1024 : 0);
  }

  /** For the output of a child that measures itself. */
  String line() {
    return "user=" + userSeconds + " system=" + systemSeconds + " rss=" + peakRssBytes;
  }

  static Usage parseLine(String output) {
    Matcher matcher = LINE.matcher(output);
    if (!matcher.find()) throw new IllegalArgumentException("no usage in: " + output);
    return new Usage(
        Double.parseDouble(matcher.group(1)),
        Double.parseDouble(matcher.group(2)),
        Long.parseLong(matcher.group(3)));
  }

  double cpuSeconds() {
    return userSeconds + systemSeconds;
  }

  /** The CPU since an earlier moment of the same process; the peak is its whole life's. */
  Usage since(Usage earlier) {
    return new Usage(
        userSeconds - earlier.userSeconds,
        systemSeconds - earlier.systemSeconds,
        peakRssBytes,
        sumRssBytes);
  }

  /** Of this one and another process. */
  Usage plus(Usage other) {
    return new Usage(
        userSeconds + other.userSeconds,
        systemSeconds + other.systemSeconds,
        Math.max(peakRssBytes, other.peakRssBytes),
        sumRssBytes + other.sumRssBytes);
  }
}
