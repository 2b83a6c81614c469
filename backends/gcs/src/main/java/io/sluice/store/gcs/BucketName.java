package io.sluice.store.gcs;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rules for names of buckets, so that a typing mistake costs no request (Cloud Storage, "Bucket
 * naming guidelines").
 */
final class BucketName {
  private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9._-]*[a-z0-9]");
  private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");
  private static final int LONGEST = 63;
  private static final int LONGEST_WITH_DOTS = 222;

  private BucketName() {}

  /** What is wrong with a name; nothing where it may be one. */
  static Optional<String> problem(String name) {
    boolean hasDots = name.indexOf('.') >= 0;
    int longest = hasDots ? LONGEST_WITH_DOTS : LONGEST;
    if (name.length() < 3 || name.length() > longest)
      return Optional.of("it has " + name.length() + " characters, not 3 to " + longest);
    if (!SHAPE.matcher(name).matches())
      return Optional.of(
          "only lower-case letters, digits, '-', '_' and '.' are allowed, and a letter or digit at both ends");
    if (name.contains("..")) return Optional.of("it has two dots in a row");
    for (String part : name.split("\\.", -1))
      if (part.length() > LONGEST)
        return Optional.of("it has more than " + LONGEST + " characters between two dots");
    if (ADDRESS.matcher(name).matches()) return Optional.of("it is an IP address");
    if (name.startsWith("goog")) return Optional.of("it starts with the reserved goog");
    if (name.contains("google") || name.contains("g00gle"))
      return Optional.of("it contains the reserved word google");
    return Optional.empty();
  }
}
