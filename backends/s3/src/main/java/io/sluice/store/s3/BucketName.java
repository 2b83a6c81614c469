package io.sluice.store.s3;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rules for names of buckets, so that a typing mistake costs no request (S3 User Guide, "Bucket
 * naming rules").
 */
final class BucketName {
  private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");
  private static final List<String> PREFIXES = List.of("xn--", "sthree-", "amzn-s3-demo-");
  private static final List<String> SUFFIXES =
      List.of("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3");

  private BucketName() {}

  /** What is wrong with a name; nothing where it may be one. */
  static Optional<String> problem(String name) {
    if (name.length() < 3 || name.length() > 63)
      return Optional.of("it has " + name.length() + " characters, not 3 to 63");
    if (!SHAPE.matcher(name).matches())
      return Optional.of(
          "only lower-case letters, digits, '-' and '.' are allowed, and a letter or digit at both ends");
    if (name.contains("..")) return Optional.of("it has two dots in a row");
    if (ADDRESS.matcher(name).matches()) return Optional.of("it is an IP address");
    for (String prefix : PREFIXES)
      if (name.startsWith(prefix)) return Optional.of("it starts with the reserved " + prefix);
    for (String suffix : SUFFIXES)
      if (name.endsWith(suffix)) return Optional.of("it ends with the reserved " + suffix);
    return Optional.empty();
  }
}
