package io.sluice.store.gcs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** CRC32C as Cloud Storage writes it: the four bytes, the highest first, in Base64. */
final class Crc {
  private static final int PIECE = 128 << 10;

  private Crc() {}

  /** Reads a payload once through, before it is sent: so that the server can check what arrives. */
  static int of(GivenBytes payload) throws IOException {
    var crc = new CRC32C();
    byte[] piece = new byte[PIECE];
    try (InputStream in = payload.open()) {
      for (int count = in.read(piece); count >= 0; count = in.read(piece))
        crc.update(piece, 0, count);
    }
    return (int) crc.getValue();
  }

  static String encoded(int crc) {
    return Base64.getEncoder().encodeToString(ByteBuffer.allocate(4).putInt(crc).array());
  }

  /** Absent where it is none that we know. */
  static Optional<Integer> decoded(@Nullable String base64) {
    if (base64 == null) return Optional.empty();
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      return bytes.length == 4 ? Optional.of(ByteBuffer.wrap(bytes).getInt()) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
