package io.sluice.fs.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.testkit.MemoryStore;
import java.nio.file.Files;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes through the kernel are the bytes of the object. */
@Timeout(60)
class ReadingIT {
  private final MemoryStore store = new MemoryStore();

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127 * 1024, 128 * 1024 - 1, 128 * 1024, 128 * 1024 + 1, 5_000_001})
  void aFileHasTheBytesOfItsObject(int size) throws Exception {
    store.put("model.bin", bytes(size));
    try (var mount = TestMount.of(store)) {
      assertThat(Files.size(mount.path("model.bin"))).isEqualTo(size);
      assertThat(Files.readAllBytes(mount.path("model.bin"))).isEqualTo(bytes(size));
      assertThat(Files.size(mount.path("model.bin"))).isEqualTo(size);
    }
    assertThat(store.openBodies()).isZero();
  }
}
