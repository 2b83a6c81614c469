package io.sluice.launcher.bucket;

import io.sluice.cache.CacheSettings;

/**
 * How many GETs at once, as people write it: a number from 1 to 256, or {@code auto}.
 *
 * @param isAuto whether it is for the program to find out
 */
public record Parallelism(int requests, boolean isAuto) {
  private static final int MOST = 256;

  /** Where automatic begins: what fills 10 Gbit/s at 80 MB/s a connection. */
  private static final int USUAL = 16;

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException where it is none, with what to write instead
   */
  public static Parallelism parse(String text) {
    String number = text.strip();
    if (number.equalsIgnoreCase("auto")) return new Parallelism(USUAL, true);
    int requests = number.matches("\\d{1,6}") ? Integer.parseInt(number) : 0;
    if (requests < 1 || requests > MOST)
      throw new IllegalArgumentException(
          "'%s' is no parallelism: give a number from 1 to %d, or auto".formatted(text, MOST));
    return new Parallelism(requests, false);
  }

  public CacheSettings.Requests inFlight() {
    return new CacheSettings.Requests(requests, isAuto);
  }
}
