package io.sluice.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.store.ObjectVersion;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What a version's directory is called: a hash over everything that makes its bytes what they are,
 * so that another bucket, endpoint or version is another name, and nothing is trusted by its name
 * alone.
 */
record ObjectName(String hash) {
  /**
   * Names a version.
   *
   * @param store which bucket of which endpoint
   */
  static ObjectName of(String store, ObjectVersion version) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (String part :
          List.of(store, version.key(), version.tag(), Long.toString(version.size()))) {
        byte[] bytes = part.getBytes(UTF_8);
        sha.update((bytes.length + ":").getBytes(UTF_8)); // so that no two lists run together alike
        sha.update(bytes);
      }
      return new ObjectName(HexFormat.of().formatHex(sha.digest(), 0, 20));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Two levels, so that no directory grows large. */
  Path in(Path root) {
    return root.resolve(hash.substring(0, 2)).resolve(hash);
  }
}
