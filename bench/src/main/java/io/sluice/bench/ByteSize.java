package io.sluice.bench;

import java.util.regex.Matcher;

/** A size as people write it: whole MiB, GiB or TiB. */
record ByteSize(long bytes) {
  /** The large file is cut into four shards of whole MiB. */
  private static final long UNIT = 4L << 20;

  private static final java.util.regex.Pattern FORM =
      java.util.regex.Pattern.compile("(\\d{1,6})([MGT]iB)");

  /**
   * Reads {@code 512MiB} or {@code 2GiB}.
   *
   * @throws IllegalArgumentException where it is something else, or not a multiple of 4 MiB
   */
  static ByteSize of(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches())
      throw new IllegalArgumentException("not a size such as 512MiB or 2GiB: " + text);
    int shift =
        switch (matcher.group(2)) {
          case "MiB" -> 20;
          case "GiB" -> 30;
          default -> 40;
        };
    long bytes = Long.parseLong(matcher.group(1)) << shift;
    if (bytes == 0 || bytes % UNIT != 0)
      throw new IllegalArgumentException("not a multiple of 4 MiB: " + text);
    return new ByteSize(bytes);
  }

  @Override
  public String toString() {
    return (bytes >> 20) + " MiB";
  }
}
