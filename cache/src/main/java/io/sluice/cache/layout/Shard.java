package io.sluice.cache.layout;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * One of the files that a model was cut into, by its name: {@code
 * model-00002-of-00008.safetensors}, {@code name-00001-of-00003.gguf}, {@code
 * pytorch_model-00001-of-00002.bin}, {@code consolidated.00.pth}.
 *
 * @param before the part of the key before its number
 * @param number as it stands there, with its zeros
 * @param after the part of the key after it
 * @param last number of the set: known from the name, or as many as its digits can count
 */
public record Shard(String before, String number, String after, long last) {
  private static final Pattern COUNTED =
      Pattern.compile("(.*-)(\\d{1,9})(-of-(\\d{1,9})(?:\\.[^/]*)?)", Pattern.DOTALL);
  private static final Pattern CONSOLIDATED =
      Pattern.compile("((?:.*/)?consolidated\\.)(\\d{2,5})(\\.[^/]+)", Pattern.DOTALL);

  public Shard {
    if (!number.matches("\\d{1,9}")) throw new IllegalArgumentException("not a number: " + number);
  }

  /** Which one a key names; empty where it names none. */
  public static Optional<Shard> of(String key) {
    Matcher counted = COUNTED.matcher(key);
    if (counted.matches()) return of(counted, Long.parseLong(counted.group(4)));
    Matcher consolidated = CONSOLIDATED.matcher(key);
    if (!consolidated.matches()) return Optional.empty();
    return of(consolidated, powerOfTen(consolidated.group(2).length()) - 1);
  }

  private static Optional<Shard> of(Matcher name, long last) {
    var shard = new Shard(name.group(1), name.group(2), name.group(3), last);
    return Long.parseLong(shard.number) <= last ? Optional.of(shard) : Optional.empty();
  }

  /**
   * The keys of those that follow, in order, in the same directory. They need not exist: a set may
   * be incomplete, and names such as {@code consolidated.00.pth} do not say how many there are.
   *
   * @param most how many at most
   */
  public List<String> next(int most) {
    long first = Long.parseLong(number) + 1;
    return LongStream.rangeClosed(first, last)
        .limit(most)
        .mapToObj(next -> before + withZeros(next) + after)
        .toList();
  }

  private String withZeros(long value) {
    String digits = Long.toString(value);
    return "0".repeat(Math.max(0, number.length() - digits.length())) + digits;
  }

  private static long powerOfTen(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) power *= 10;
    return power;
  }
}
