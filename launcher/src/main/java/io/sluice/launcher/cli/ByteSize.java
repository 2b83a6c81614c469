package io.sluice.launcher.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes as people write it.
 *
 * <p>{@code K}, {@code M}, {@code G}, {@code T}, {@code P}, alone or as {@code KiB}, are powers of
 * 1024, as they are to du, truncate and mount; {@code KB}, {@code MB} and so on are powers of 1000.
 * So {@code 10G} and {@code 10GiB} are 10,737,418,240 bytes and {@code 1.5TB} is 1,500,000,000,000.
 */
public record ByteSize(long bytes) {
  private static final Pattern SHAPE =
      Pattern.compile("(\\d{1,19}(?:\\.\\d{1,9})?)\\s*([A-Za-z]{0,3})");

  private static final Map<String, Long> UNITS =
      Map.ofEntries(
          Map.entry("", 1L),
          Map.entry("b", 1L),
          Map.entry("k", 1L << 10),
          Map.entry("kib", 1L << 10),
          Map.entry("kb", 1_000L),
          Map.entry("m", 1L << 20),
          Map.entry("mib", 1L << 20),
          Map.entry("mb", 1_000_000L),
          Map.entry("g", 1L << 30),
          Map.entry("gib", 1L << 30),
          Map.entry("gb", 1_000_000_000L),
          Map.entry("t", 1L << 40),
          Map.entry("tib", 1L << 40),
          Map.entry("tb", 1_000_000_000_000L),
          Map.entry("p", 1L << 50),
          Map.entry("pib", 1L << 50),
          Map.entry("pb", 1_000_000_000_000_000L));

  private static final String[] PREFIXES = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

  public ByteSize {
    if (bytes < 0) throw new IllegalArgumentException("a negative size: " + bytes);
  }

  /**
   * Reads a size; a fraction of a byte is dropped.
   *
   * @throws IllegalArgumentException where it is none, with what to write instead
   */
  public static ByteSize parse(String text) {
    Matcher size = SHAPE.matcher(text.strip());
    if (!size.matches()) throw notASize(text);
    Long unit = UNITS.get(size.group(2).toLowerCase(Locale.ROOT));
    if (unit == null) throw notASize(text);
    BigDecimal bytes = new BigDecimal(size.group(1)).multiply(BigDecimal.valueOf(unit));
    if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0)
      throw new IllegalArgumentException("'" + text + "' is more than 8 EiB: give a smaller size");
    return new ByteSize(bytes.setScale(0, RoundingMode.DOWN).longValueExact());
  }

  private static IllegalArgumentException notASize(String text) {
    return new IllegalArgumentException(
        "'" + text + "' is not a size: write it like 10G, 512MiB or 1.5TB");
  }

  /** With one decimal in the largest unit that leaves at least 1. */
  @Override
  public String toString() {
    int unit = Math.min((63 - Long.numberOfLeadingZeros(Math.max(1, bytes))) / 10, 5);
    if (unit == 0) return bytes + " B";
    return String.format(
        Locale.ROOT, "%.1f %s", bytes / (double) (1L << (10 * unit)), PREFIXES[unit]);
  }
}
