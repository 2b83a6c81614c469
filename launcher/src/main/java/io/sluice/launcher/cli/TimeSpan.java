package io.sluice.launcher.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A duration as people write it: {@code 30s}, {@code 5m}, {@code 2h}, {@code 1d}, {@code 250ms},
 * {@code 0}, and {@code forever}.
 */
public record TimeSpan(Duration duration) {
  /** A hundred years: long enough, and safe to compute with. */
  public static final TimeSpan FOREVER = new TimeSpan(Duration.ofDays(36_500));

  private static final Pattern SHAPE =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)\\s*(ms|s|m|h|d)?");

  /**
   * Reads a duration; a bare number is in seconds.
   *
   * @throws IllegalArgumentException where it is none, with what to write instead
   */
  public static TimeSpan parse(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    if (lower.equals("forever")) return FOREVER;
    Matcher span = SHAPE.matcher(lower);
    if (!span.matches())
      throw new IllegalArgumentException(
          "'" + text + "' is not a duration: write it like 30s, 5m, 2h or forever");
    String unit = span.group(2) == null ? "s" : span.group(2);
    long millis =
        switch (unit) {
          case "ms" -> 1;
          case "s" -> 1_000;
          case "m" -> 60_000;
          case "h" -> 3_600_000;
          default -> 86_400_000; // "d": the pattern lets nothing else through
        };
    BigDecimal exact = new BigDecimal(span.group(1)).multiply(BigDecimal.valueOf(millis));
    Duration duration = Duration.ofMillis(exact.setScale(0, RoundingMode.HALF_UP).longValueExact());
    return duration.compareTo(FOREVER.duration) > 0 ? FOREVER : new TimeSpan(duration);
  }

  /** {@code 7 s}, {@code 3:07 min}, {@code 2:03 h}. */
  public static String shown(long seconds) {
    if (seconds < 60) return seconds + " s";
    if (seconds < 3600)
      return String.format(Locale.ROOT, "%d:%02d min", seconds / 60, seconds % 60);
    return String.format(Locale.ROOT, "%d:%02d h", seconds / 3600, seconds / 60 % 60);
  }
}
