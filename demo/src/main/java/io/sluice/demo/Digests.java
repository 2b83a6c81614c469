package io.sluice.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of what went into the bucket, and of what comes out of the mount. */
final class Digests {
  private static final int AT_ONCE = 1 << 20;

  private Digests() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Reads a file from its start to its end, as a loader does. */
  static String of(Path file, Progress progress) throws IOException {
    MessageDigest digest = sha256();
    ByteBuffer buffer = ByteBuffer.allocateDirect(AT_ONCE);
    try (FileChannel channel = FileChannel.open(file)) {
      for (int count = channel.read(buffer); count >= 0; count = channel.read(buffer)) {
        digest.update(buffer.flip());
        buffer.clear();
        progress.add(count);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
