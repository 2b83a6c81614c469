package io.sluice.store.s3;

import io.sluice.store.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * How the server learns that it got the bytes we meant: a checksum goes ahead of them, and it
 * refuses others. It is taken before the first byte is sent, so that a repetition sends the same.
 */
public enum Integrity {
  /** Least work, and AWS keeps it with the object. Some other servers reject its header. */
  CRC32C,
  /** {@code Content-MD5}: every server checks it. */
  MD5;

  /** Of a body; the one that is not asked for is absent. */
  record Checksums(Optional<Integer> crc32c, Optional<String> md5) {
    /** As headers have it. */
    Optional<String> crc32cHeader() {
      return crc32c.map(Integrity::base64);
    }
  }

  Checksums of(Payload body) throws IOException {
    return switch (this) {
      case CRC32C -> {
        var crc = new CRC32C();
        each(body, crc::update);
        yield new Checksums(Optional.of((int) crc.getValue()), Optional.empty());
      }
      case MD5 -> {
        MessageDigest md5 = md5();
        each(body, md5::update);
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

  /** Four bytes, the highest first. */
  static String base64(int crc) {
    return Base64.getEncoder().encodeToString(ByteBuffer.allocate(4).putInt(crc).array());
  }

  /** The other way round; absent where it is no CRC of a whole. */
  static Optional<Integer> crc(String base64) {
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      return bytes.length == 4 ? Optional.of(ByteBuffer.wrap(bytes).getInt()) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // a checksum of checksums: "...-3"
    }
  }

  private interface Update {
    void with(byte[] bytes, int offset, int length);
  }

  private static void each(Payload body, Update update) throws IOException {
    byte[] buffer = new byte[Math.clamp(body.length(), 1, 1 << 16)];
    try (InputStream in = body.open()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer))
        update.with(buffer, 0, count);
    }
  }
}
