package io.sluice.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is given to be written is right before anything is sent. */
final class WrittenValuesTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "Color", "a b", "a:b", "a\r\nEvil", "é"})
  void aNameThatIsNoHeadersIsRefused(String name) {
    assertThatThrownBy(() -> ObjectAttributes.NONE.withMetadata(name, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot name metadata");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nx-amz-acl: public-read", "a\nb", "caf\u00e9", "\u0000"})
  void aValueThatNoHeaderCanCarryIsRefused(String value) {
    assertThatThrownBy(() -> ObjectAttributes.NONE.withMetadata("a", value))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ObjectAttributes.ofType(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Content-Type");
  }

  @Test
  void metadataKeepsItsOrder() {
    ObjectAttributes attributes =
        ObjectAttributes.NONE.withMetadata("z", "1").withMetadata("a", "2").withMetadata("m", "3");
    assertThat(attributes.metadata().keySet()).containsExactly("z", "a", "m");
  }

  @Test
  void whatAStoreKeptIsTakenAsItIs() {
    ObjectAttributes kept =
        ObjectAttributes.stored(Map.of(), Map.of("Color", "caf\u00e9"), Optional.empty());
    assertThat(kept.metadata()).isEqualTo(Map.of("color", "caf?"));
  }

  @Test
  void tagsHaveTheirLimits() {
    var eleven = new HashMap<String, String>();
    for (int i = 0; i < 11; i++) eleven.put("k" + i, "v");
    for (Map<String, String> tags :
        java.util.List.of(
            eleven, Map.of("", "v"), Map.of("k".repeat(129), "v"), Map.of("k", "v".repeat(257))))
      assertThatThrownBy(() -> ObjectAttributes.NONE.withTags(tags))
          .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 604_801})
  void aUrlIsGoodForASecondToAWeek(int seconds) {
    assertThatThrownBy(() -> Presign.get("k", Duration.ofSeconds(seconds)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1s to 7d");
  }

  @Test
  void aPartHasANumberATagAndASize() {
    assertThatThrownBy(() -> new Part(0, "t", 1, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Part(10_001, "t", 1, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Part(1, "", 1, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Part(1, "t", -1, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new UploadId("k", "")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPayloadIsReadAsOftenAsItTakes() throws Exception {
    Payload payload = Payload.of("0123456789".getBytes(UTF_8), 3, 4);
    for (int i = 0; i < 2; i++)
      try (InputStream in = payload.open()) {
        assertThat(in.readAllBytes()).isEqualTo("3456".getBytes(UTF_8));
      }
    assertThatThrownBy(() -> Payload.of(new byte[3], 2, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aFileThatBecomesShorterIsAnErrorAndNoEnd(@TempDir Path directory) throws Exception {
    Path file = Files.write(directory.resolve("f"), new byte[1 << 20]);
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        InputStream in = Payload.of(channel, new ByteRange(10, 1 << 20)).open()) {
      assertThat(in.readNBytes(40)).hasSize(40);
      channel.truncate(200_000);
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOf(EOFException.class)
          .hasMessageContaining("848576 bytes are missing");
    }
  }
}
