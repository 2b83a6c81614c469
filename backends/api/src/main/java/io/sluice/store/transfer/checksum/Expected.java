package io.sluice.store.transfer.checksum;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The checksum that an object should have: of all its bytes, or of the checksums of its parts.
 *
 * @param text as whoever keeps it writes it: Base64, or hexadecimal; with the number of its parts
 *     behind a hyphen where it is one of parts
 * @param source who keeps it, for people: "the store", "the ETag", ".md5/k.md5"
 * @param parts in bytes, the lengths of the parts; empty where it is of all bytes
 */
public record Expected(Algorithm algorithm, String text, String source, List<Long> parts) {
  public Expected {
    parts = List.copyOf(parts);
  }

  /** Of all bytes; absent where the text is no checksum of this kind. */
  public static Optional<Expected> whole(Algorithm algorithm, String text, String source) {
    return decoded(algorithm, text).isPresent()
        ? Optional.of(new Expected(algorithm, text, source, List.of()))
        : Optional.empty();
  }

  /** Of the checksums of parts; absent where the text is none of so many parts. */
  public static Optional<Expected> ofParts(
      Algorithm algorithm, String text, String source, List<Long> parts) {
    int hyphen = text.lastIndexOf('-');
    boolean isOne =
        hyphen > 0
            && text.substring(hyphen + 1).equals(Integer.toString(parts.size()))
            && decoded(algorithm, text.substring(0, hyphen)).isPresent();
    return isOne ? Optional.of(new Expected(algorithm, text, source, parts)) : Optional.empty();
  }

  /** Whether the sums of ranges make it, so that the bytes need not be seen in order. */
  public boolean combines() {
    return parts.isEmpty() && algorithm.combines();
  }

  /** Takes it from bytes in order. */
  public Sum begin() {
    return parts.isEmpty() ? algorithm.begin() : new SumOfParts(algorithm, parts);
  }

  /** Whether this is the checksum. */
  public boolean is(byte[] value) {
    int hyphen = parts.isEmpty() ? text.length() : text.lastIndexOf('-');
    return decoded(algorithm, text.substring(0, hyphen))
        .filter(expected -> Arrays.equals(expected, value))
        .isPresent();
  }

  /** A checksum as this one is written, to be shown beside it. */
  public String written(byte[] value) {
    int hyphen = text.lastIndexOf('-');
    String end = parts.isEmpty() ? "" : text.substring(hyphen);
    return (isHex(algorithm, text.length() - end.length())
            ? HexFormat.of().formatHex(value)
            : Base64.getEncoder().encodeToString(value))
        + end;
  }

  /** {@code crc64nvme:rosUhgp5mIg=}. */
  @Override
  public String toString() {
    return algorithm.key() + ":" + text;
  }

  /** As ETags and s3gof3r write MD5; of others some are as long in Base64. */
  private static boolean isHex(Algorithm algorithm, int length) {
    return algorithm == Algorithm.MD5 && length == 2 * algorithm.length();
  }

  private static Optional<byte[]> decoded(Algorithm algorithm, String text) {
    try {
      byte[] bytes =
          isHex(algorithm, text.length())
              ? HexFormat.of().parseHex(text)
              : Base64.getDecoder().decode(text);
      return Optional.of(bytes).filter(value -> value.length == algorithm.length());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
