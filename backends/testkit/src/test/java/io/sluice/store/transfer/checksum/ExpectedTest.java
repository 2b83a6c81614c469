package io.sluice.store.transfer.checksum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checksums as stores write them, of all bytes and of parts. */
final class ExpectedTest {
  /** Of the vectors of rusty-s3: ETags of 10,000,000 times '!' in parts of 8 MiB. */
  @Test
  void theEtagOfPartsIsTheMd5OfTheirMd5s() {
    List<Long> parts = List.of(8L << 20, 10_000_000L - (8 << 20));
    Expected expected = ofParts(Algorithm.MD5, "e438487f09f09c042b2de097765e5ac2-2", parts);
    assertThat(expected.is(sum(expected, exclamations(10_000_000)))).isTrue();
    byte[] other = exclamations(10_000_000);
    other[9_999_999] = '?';
    assertThat(expected.is(sum(expected, other))).isFalse();
    assertThat(expected.written(sum(expected, other))).matches("[0-9a-f]{32}-2");
  }

  /** Some programs send an empty part at the end. */
  @ParameterizedTest
  @CsvSource({"10:10:0", "10:0:10", "0:20", "10:10:0:0"})
  void emptyPartsCountToo(String sizes) {
    byte[] bytes = AlgorithmTest.bytes(20);
    List<Long> parts = Arrays.stream(sizes.split(":")).map(Long::valueOf).toList();
    Sum whole = Algorithm.MD5.begin();
    int at = 0;
    for (long size : parts) {
      whole.add(AlgorithmTest.sum(Algorithm.MD5, bytes, at, (int) size), 0, 16);
      at += (int) size;
    }
    String text = java.util.HexFormat.of().formatHex(whole.value()) + "-" + parts.size();
    Expected expected = ofParts(Algorithm.MD5, text, parts);
    assertThat(expected.is(sum(expected, bytes))).isTrue();
  }

  @Test
  void aPartMoreOrLessIsAnotherObject() {
    List<Long> parts = List.of(8L << 20, 10_000_000L - (8 << 20));
    Expected expected = ofParts(Algorithm.MD5, "e438487f09f09c042b2de097765e5ac2-2", parts);
    assertThat(expected.is(sum(expected, exclamations(10_000_001)))).isFalse();
    assertThat(expected.is(sum(expected, exclamations(8 << 20)))).isFalse();
    assertThat(expected.is(sum(expected, new byte[0]))).isFalse();
  }

  /** "Checking object integrity" in the S3 User Guide: Base64 of the sum of the parts' sums. */
  @Test
  void otherChecksumsOfPartsAreInBase64() {
    byte[] bytes = AlgorithmTest.bytes(30);
    Sum whole = Algorithm.SHA256.begin();
    for (int at = 0; at < 30; at += 10)
      whole.add(AlgorithmTest.sum(Algorithm.SHA256, bytes, at, 10), 0, 32);
    String text = java.util.Base64.getEncoder().encodeToString(whole.value()) + "-3";
    Expected expected = ofParts(Algorithm.SHA256, text, List.of(10L, 10L, 10L));
    assertThat(expected.is(sum(expected, bytes))).isTrue();
    assertThat(expected.combines()).isFalse();
    assertThat(expected.toString()).isEqualTo("sha256:" + text);
  }

  @ParameterizedTest
  @CsvSource({
    "MD5, 5d41402abc4b2a76b9719d911017c592, true", // hexadecimal
    "MD5, XUFAKrxLKna5cZ2REBfFkg==, true",
    "MD5, 5d41402abc4b2a76b9719d911017c592-2, false",
    "CRC32C, mnG7TA==, true",
    "CRC32C, mnG7TA==-2, false",
    "CRC32C, mnG7, false",
    "CRC64NVME, nonsense, false",
    "SHA1, '', false"
  })
  void whatIsNoChecksumOfAllBytesIsNone(Algorithm algorithm, String text, boolean isOne) {
    assertThat(Expected.whole(algorithm, text, "the store").isPresent()).isEqualTo(isOne);
  }

  @Test
  void theNumberOfPartsHasToFit() {
    String text = "e438487f09f09c042b2de097765e5ac2-2";
    assertThat(Expected.ofParts(Algorithm.MD5, text, "", List.of(1L))).isEmpty();
    assertThat(Expected.ofParts(Algorithm.MD5, "nonsense-2", "", List.of(1L, 1L))).isEmpty();
    assertThat(Expected.ofParts(Algorithm.MD5, text.substring(0, 32), "", List.of(1L))).isEmpty();
  }

  private static Expected ofParts(Algorithm algorithm, String text, List<Long> parts) {
    return Expected.ofParts(algorithm, text, "the ETag", parts).orElseThrow();
  }

  /** In pieces that are none of the parts. */
  private static byte[] sum(Expected expected, byte[] bytes) {
    Sum sum = expected.begin();
    for (int at = 0; at < bytes.length; at += 77_777)
      sum.add(bytes, at, Math.min(77_777, bytes.length - at));
    return sum.value();
  }

  private static byte[] exclamations(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) '!');
    return bytes;
  }
}
