package io.sluice.store.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.testkit.MemoryStore;
import io.sluice.store.transfer.checksum.Algorithm;
import io.sluice.store.transfer.checksum.Expected;
import io.sluice.store.transfer.checksum.Sum;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever checksum is expected: what has it arrives, what has another one does not. */
final class ExpectingTest {
  private static final byte[] BYTES = Bytes.random(999);
  private static final List<Long> PARTS = List.of(400L, 400L, 199L);

  @TempDir Path directory;
  private final MemoryStore memory = new MemoryStore();
  private Path file;

  @BeforeEach
  void put() {
    memory.put("k", BYTES);
    file = directory.resolve("file");
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void ofAllBytes(Algorithm algorithm) throws Exception {
    Sum sum = algorithm.begin();
    sum.add(BYTES, 0, BYTES.length);
    requireCompared(Expected.whole(algorithm, base64(sum.value()), "the test").orElseThrow());
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void ofParts(Algorithm algorithm) throws Exception {
    Sum whole = algorithm.begin();
    for (int from = 0; from < BYTES.length; from += 400) {
      Sum part = algorithm.begin();
      part.add(BYTES, from, Math.min(400, BYTES.length - from));
      byte[] value = part.value();
      whole.add(value, 0, value.length);
    }
    String text = base64(whole.value()) + "-3";
    requireCompared(Expected.ofParts(algorithm, text, "the test", PARTS).orElseThrow());
  }

  private void requireCompared(Expected expected) throws Exception {
    download(expected).file("k", file);
    assertThat(file).hasBinaryContent(BYTES);
    var out = new ByteArrayOutputStream();
    download(expected).stream("k", out);
    assertThat(out.toByteArray()).isEqualTo(BYTES);
    assertThat(download(expected).bytes("k", 1000)).isEqualTo(BYTES);

    Files.delete(file);
    byte[] others = BYTES.clone();
    others[500] ^= 1;
    memory.put("k", others);
    String title = expected.algorithm().title();
    assertThatThrownBy(() -> download(expected).file("k", file))
        .isInstanceOf(WrongBytesException.class)
        .hasMessageContainingAll(title, expected.text(), "the test");
    assertThat(directory).isEmptyDirectory();
    assertThatThrownBy(() -> download(expected).stream("k", new ByteArrayOutputStream()))
        .isInstanceOf(WrongBytesException.class);
    assertThatThrownBy(() -> download(expected).bytes("k", 1000))
        .isInstanceOf(WrongBytesException.class);
  }

  @Test
  void nothingIsComparedWhereNobodyWantsIt() throws Exception {
    var store = new Summed(memory, "AAAA");
    new Download(store, new Download.Limits(3, 100), Expecting.NOTHING, _ -> {}).file("k", file);
    assertThat(file).hasBinaryContent(BYTES);
  }

  private Download download(Expected expected) {
    return new Download(memory, new Download.Limits(3, 100), _ -> Optional.of(expected), _ -> {});
  }

  private static String base64(byte[] value) {
    return Base64.getEncoder().encodeToString(value);
  }
}
