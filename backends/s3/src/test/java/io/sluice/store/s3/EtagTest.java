package io.sluice.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.Part;
import io.sluice.store.Payload;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Known tags of known contents. */
final class EtagTest {
  private static final int MIB = 1 << 20;

  private static Payload exclamations(int count) {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) '!');
    return Payload.of(bytes);
  }

  @Test
  void atOnceItIsTheMd5() throws Exception {
    assertThat(Etag.of(exclamations(1000))).isEqualTo("8122ef1c2b2331f7986349560248cf56");
    assertThat(Etag.of(exclamations(0))).isEqualTo("d41d8cd98f00b204e9800998ecf8427e");
  }

  @Test
  void inPartsItIsTheMd5OfTheirMd5sAndTheirNumber() throws Exception {
    assertThat(Etag.of(exclamations(10_000_000), 8 * MIB))
        .isEqualTo("e438487f09f09c042b2de097765e5ac2-2");
    assertThat(Etag.of(exclamations(0), 8 * MIB)).endsWith("-1");
    assertThat(Etag.of(exclamations(2 * MIB), MIB)).endsWith("-2");
    assertThatThrownBy(() -> Etag.of(exclamations(1), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void partsThatAreSentTellItToo() throws Exception {
    Part first = new Part(1, Etag.of(exclamations(MIB)), MIB, Optional.empty());
    Part second = new Part(2, Etag.of(exclamations(5)), 5, Optional.empty());
    assertThat(Etag.of(List.of(first, second))).contains(Etag.of(exclamations(MIB + 5), MIB));
    assertThat(Etag.of(List.of(new Part(1, "kms", 1, Optional.empty())))).isEmpty();
  }

  @Test
  void keysDoNotShowTheirSecret() {
    var keys = new Keys("AKIA1", "the-secret", Optional.of("the-token"));
    assertThat(keys.toString()).contains("AKIA1").doesNotContain("secret").doesNotContain("token");
    assertThatThrownBy(() -> new Keys("AKIA1", " ", Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
