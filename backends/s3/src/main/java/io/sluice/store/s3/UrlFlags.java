package io.sluice.store.s3;

import io.sluice.store.s3.S3Settings.Addressing;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What may follow the question mark in the URL of a bucket. */
record UrlFlags(Addressing addressing, Optional<String> region, Optional<String> profile) {
  /**
   * Reads what follows the question mark.
   *
   * @throws IllegalArgumentException for whatever is unknown, empty or given twice
   */
  static UrlFlags parse(Optional<String> query) {
    Map<String, String> given = new LinkedHashMap<>();
    if (query.isPresent())
      for (String flag : query.get().split("&", -1)) {
        int equals = flag.indexOf('=');
        String name = equals < 0 ? flag : flag.substring(0, equals);
        if (equals < 0 || equals == flag.length() - 1)
          throw S3Address.notOne("write a value for '%s', as in region=eu-west-3".formatted(name));
        if (given.put(name, decoded(flag.substring(equals + 1))) != null)
          throw S3Address.notOne("'%s' is given twice".formatted(name));
      }
    var flags =
        new UrlFlags(
            addressing(Optional.ofNullable(given.remove("addressing"))),
            Optional.ofNullable(given.remove("region")),
            Optional.ofNullable(given.remove("profile")));
    for (String unknown : given.keySet())
      throw S3Address.notOne(
          "'%s' is unknown: addressing=, region= and profile= can be given".formatted(unknown));
    return flags;
  }

  private static Addressing addressing(Optional<String> given) {
    return switch (given.orElse("")) {
      case "" -> Addressing.USUAL;
      case "path" -> Addressing.PATH;
      case "virtual" -> Addressing.VIRTUAL;
      default -> throw S3Address.notOne("addressing is path or virtual");
    };
  }

  /** A plus is itself: these are no fields of a form. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
