package io.sluice.fs;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What {@code getfattr -d} shows: where the bytes come from, for people and for scripts. */
final class ExtendedAttributes {
  static final String KEY = "user.sluice.key";
  static final String ETAG = "user.sluice.etag";

  private ExtendedAttributes() {}

  static List<String> names(Inodes.Node node) {
    return node.isDirectory() ? List.of(KEY) : List.of(KEY, ETAG);
  }

  static Optional<byte[]> value(Inodes.Node node, String name) {
    return switch (name) {
      case KEY -> Optional.of(bytes(node.key()));
      case ETAG ->
          node.finding() instanceof Finding.File file
              ? Optional.of(bytes(file.tag()))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static byte[] bytes(String value) {
    return value.getBytes(StandardCharsets.UTF_8);
  }
}
