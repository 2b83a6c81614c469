package io.sluice.store.transfer;

import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import java.io.IOException;
import java.util.Random;

/** Bytes of which no two blocks are alike, and what a store has of them. */
final class Bytes {
  private Bytes() {}

  static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  static byte[] of(ObjectStore store, String key) throws IOException {
    ObjectVersion version = store.head(key).version();
    try (var body = store.open(version, version.all())) {
      return body.readAllBytes();
    }
  }
}
