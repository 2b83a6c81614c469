package io.sluice.store.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ObjectAttributes;
import io.sluice.store.ObjectDetails;
import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Part;
import io.sluice.store.StoredCrc32c;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** What a store has made of the parts is what was sent, or an error. */
final class SentSumTest {
  private static final byte[] BYTES = Bytes.random(30);

  /**
   * As rusty-s3 has it of 10,000,000 times '!' in parts of 8 MiB: the MD5s of both, and of these.
   */
  private static final String[] TAGS = {
    HexFormat.of().formatHex(md5(8 << 20)), HexFormat.of().formatHex(md5(10_000_000 - (8 << 20)))
  };

  private static final String ETAG = "e438487f09f09c042b2de097765e5ac2-2";

  private final SentSum sent = new SentSum();

  @Test
  void theCrcOfTheWholeIsMadeOfThoseOfItsParts() throws Exception {
    sent.accept(new Part(2, "b", 20, crc(10, 20)));
    sent.accept(new Part(1, "a", 10, crc(0, 10)));
    String text = StoredCrc32c.encoded(crc(0, 30).orElseThrow());
    assertThat(sent.compared(made("t", Map.of("crc32c", text), Map.of())))
        .contains("crc32c:" + text);
    assertThatThrownBy(() -> sent.compared(made("t", Map.of("crc32c", "AAAAAA=="), Map.of())))
        .isInstanceOf(WrongBytesException.class)
        .hasMessageContainingAll("AAAAAA==", text, "send it again");
  }

  @Test
  void soIsTheEtag() throws Exception {
    parts();
    assertThat(sent.compared(made(ETAG, Map.of(), Map.of()))).contains("md5:" + ETAG);
    assertThatThrownBy(() -> sent.compared(made(TAGS[0] + "-2", Map.of(), Map.of())))
        .isInstanceOf(WrongBytesException.class);
    assertThatThrownBy(() -> sent.compared(made(ETAG.replace("-2", "-1"), Map.of(), Map.of())))
        .isInstanceOf(WrongBytesException.class);
  }

  @Test
  void anEtagThatIsNoneOfPartsSaysNothing() throws Exception {
    parts();
    for (String tag : new String[] {TAGS[0], "v1", "x-2"})
      assertThat(sent.compared(made(tag, Map.of(), Map.of()))).isEmpty();
    Map<String, String> kms = Map.of("x-amz-server-side-encryption", "aws:kms");
    assertThat(sent.compared(made(TAGS[0] + "-2", Map.of(), kms))).isEmpty();
  }

  private void parts() {
    sent.accept(new Part(1, TAGS[0], 8 << 20, Optional.empty()));
    sent.accept(new Part(2, TAGS[1], 10_000_000 - (8 << 20), Optional.empty()));
  }

  private static Optional<Integer> crc(int from, int length) {
    var crc = new CRC32C();
    crc.update(BYTES, from, length);
    return Optional.of((int) crc.getValue());
  }

  private static byte[] md5(int length) {
    byte[] bytes = new byte[length];
    java.util.Arrays.fill(bytes, (byte) '!');
    var sum = io.sluice.store.transfer.checksum.Algorithm.MD5.begin();
    sum.add(bytes, 0, length);
    return sum.value();
  }

  private static ObjectDetails made(
      String tag, Map<String, String> checksums, Map<String, String> headers) {
    var meta = new ObjectMeta(new ObjectVersion("k", tag, 30), Instant.EPOCH);
    return new ObjectDetails(meta, ObjectAttributes.NONE, checksums, headers);
  }
}
