package io.sluice.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * CRC-32C (RFC 3720) as stores write it: its four bytes, the highest first, in Base64. S3 and Cloud
 * Storage alike.
 */
public final class StoredCrc32c {
  private static final int PIECE = 128 << 10;

  private StoredCrc32c() {}

  /** Reads a payload once through, before it is sent: so that the server can check what arrives. */
  public static int of(Payload payload) throws IOException {
    var crc = new CRC32C();
    byte[] piece = new byte[Math.clamp(payload.length(), 1, PIECE)];
    try (InputStream in = payload.open()) {
      for (int count = in.read(piece); count >= 0; count = in.read(piece))
        crc.update(piece, 0, count);
    }
    return (int) crc.getValue();
  }

  public static String encoded(int crc) {
    return Base64.getEncoder()
        .encodeToString(ByteBuffer.allocate(Integer.BYTES).putInt(crc).array());
  }

  /** Absent where it is none: not given, another length, or a checksum of checksums ("...-3"). */
  public static Optional<Integer> decoded(@Nullable String base64) {
    if (base64 == null) return Optional.empty();
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      return bytes.length == Integer.BYTES
          ? Optional.of(ByteBuffer.wrap(bytes).getInt())
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
