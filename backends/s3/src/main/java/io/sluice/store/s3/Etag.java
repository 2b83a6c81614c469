package io.sluice.store.s3;

import io.sluice.store.Part;
import io.sluice.store.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What S3 makes of content: the MD5 of an object that was written at once, the MD5 of its parts'
 * MD5s and their number where it was written in parts. So at AWS without KMS or customers' keys (S3
 * User Guide, "Checking object integrity"), MinIO, Ceph and R2; elsewhere a tag may be anything.
 */
public final class Etag {
  private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");
  private static final int BUFFER = 1 << 16;

  private Etag() {}

  /** Of content that is written in one request. */
  public static String of(Payload content) throws IOException {
    try (InputStream in = content.open()) {
      return HexFormat.of().formatHex(digest(in, content.length()));
    }
  }

  /**
   * Of content that is written in parts; of no bytes too, which is one empty part.
   *
   * @param partSize of all but the last, in bytes
   */
  public static String of(Payload content, long partSize) throws IOException {
    if (partSize < 1) throw new IllegalArgumentException("parts of " + partSize + " bytes");
    MessageDigest md5 = Integrity.md5();
    long left = content.length();
    int parts = 0;
    try (InputStream in = content.open()) {
      do {
        long size = Math.min(left, partSize);
        md5.update(digest(in, size));
        left -= size;
        parts++;
      } while (left > 0);
    }
    return HexFormat.of().formatHex(md5.digest()) + "-" + parts;
  }

  private static byte[] digest(InputStream in, long length) throws IOException {
    MessageDigest md5 = Integrity.md5();
    byte[] buffer = new byte[BUFFER];
    for (long left = length; left > 0; ) {
      int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) throw new java.io.EOFException("it ended %d bytes early".formatted(left));
      md5.update(buffer, 0, count);
      left -= count;
    }
    return md5.digest();
  }

  /** Of an object of these parts, in this order; absent where their tags are no MD5s. */
  static Optional<String> of(List<Part> parts) {
    MessageDigest md5 = Integrity.md5();
    for (Part part : parts) {
      if (!MD5.matcher(part.tag()).matches()) return Optional.empty();
      md5.update(HexFormat.of().parseHex(part.tag()));
    }
    return Optional.of(HexFormat.of().formatHex(md5.digest()) + "-" + parts.size());
  }
}
