package io.sluice.store.s3;

import io.sluice.store.Payload;
import io.sluice.store.StoredCrc32c;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/**
 * How the server learns that it got the bytes we meant: a checksum goes ahead of them, and it
 * refuses others. It is taken before the first byte is sent, so that a repetition sends the same.
 */
public enum Integrity {
  /** Least work, and AWS keeps it with the object. Some other servers reject its header. */
  CRC32C,
  /** {@code Content-MD5}: every server checks it. */
  MD5,
  /**
   * The SHA-256 of the body that its signature holds, and that a server compares which knows who we
   * are. The SDK signs bodies where there is no TLS: an MD5 would be half of the work once more.
   */
  SIGNATURE;

  /** Of a body; the one that is not asked for is absent. */
  record Checksums(Optional<Integer> crc32c, Optional<String> md5) {
    /** As headers have it. */
    Optional<String> crc32cHeader() {
      return crc32c.map(StoredCrc32c::encoded);
    }
  }

  Checksums of(Payload body) throws IOException {
    return switch (this) {
      case SIGNATURE -> new Checksums(Optional.empty(), Optional.empty());
      case CRC32C -> new Checksums(Optional.of(StoredCrc32c.of(body)), Optional.empty());
      case MD5 -> {
        MessageDigest md5 = md5();
        byte[] buffer = new byte[Math.clamp(body.length(), 1, 1 << 16)];
        try (InputStream in = body.open()) {
          for (int count = in.read(buffer); count >= 0; count = in.read(buffer))
            md5.update(buffer, 0, count);
        }
        yield new Checksums(
            Optional.empty(), Optional.of(Base64.getEncoder().encodeToString(md5.digest())));
      }
    };
  }

  static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
