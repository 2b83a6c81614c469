package io.sluice.store.transfer.checksum;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each algorithm's known values, and sums of pieces. */
final class AlgorithmTest {
  private static final byte[] DIGITS = "123456789".getBytes(US_ASCII);

  /** Check values: catalogue of parametrised CRC algorithms; RFC 1321, FIPS 180 for the others. */
  @ParameterizedTest
  @CsvSource({
    "CRC32, cbf43926",
    "CRC32C, e3069283",
    "CRC64NVME, ae8b14860a799888",
    "MD5, 25f9e794323b453885f5181f1b624d0b",
    "SHA1, f7c3bc1d808e04732adf679965ccc34ca7ae3441",
    "SHA256, 15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"
  })
  void theDigitsHaveTheKnownValue(Algorithm algorithm, String expected) {
    assertThat(HexFormat.of().formatHex(sum(algorithm, DIGITS, 0, 9))).isEqualTo(expected);
  }

  /** "NVM Command Set Specification", 5.2.1.3.4: 4 KiB of zeros, and of ones. */
  @Test
  void blocksHaveTheValuesOfTheSpecification() {
    byte[] block = new byte[4096];
    assertThat(HexFormat.of().formatHex(sum(Algorithm.CRC64NVME, block, 0, block.length)))
        .isEqualTo("6482d367eb22b64e");
    Arrays.fill(block, (byte) 0xff);
    assertThat(HexFormat.of().formatHex(sum(Algorithm.CRC64NVME, block, 0, block.length)))
        .isEqualTo("c0ddba7302eca3ac");
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void itDoesNotMatterInWhichPiecesTheBytesCome(Algorithm algorithm) {
    byte[] bytes = bytes(100_003);
    Sum sum = algorithm.begin();
    int at = 0;
    for (int piece = 0; at < bytes.length; piece = (piece * 3 + 1) % 4099) {
      int length = Math.min(piece, bytes.length - at);
      sum.add(bytes, at, length);
      at += length;
    }
    assertThat(sum.value()).isEqualTo(sum(algorithm, bytes, 0, bytes.length));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 1", "1, 0", "7, 8", "1000, 1", "3, 1048577", "16777216, 1048576"})
  void theSumsOfTwoPiecesMakeTheSumOfTheWhole(int first, int second) {
    byte[] bytes = bytes(first + second);
    for (Algorithm algorithm : Algorithm.values()) {
      if (!algorithm.combines()) continue;
      byte[] before = sum(algorithm, bytes, 0, first);
      byte[] after = sum(algorithm, bytes, first, second);
      assertThat(algorithm.combine(before, after, second))
          .isEqualTo(sum(algorithm, bytes, 0, first + second));
    }
  }

  @Test
  void piecesMayBeLongerThanAnArray() {
    byte[] piece = sum(Algorithm.CRC64NVME, bytes(10), 0, 10);
    long length = 5L << 30;
    // Associative: however large pieces are grouped, the sum is one.
    byte[] middle = sum(Algorithm.CRC64NVME, DIGITS, 0, 9);
    byte[] left = combine(combine(piece, middle, length), piece, length);
    byte[] right = combine(piece, combine(middle, piece, length), 2 * length);
    assertThat(left).isEqualTo(right);
  }

  private static byte[] combine(byte[] first, byte[] second, long length) {
    return Algorithm.CRC64NVME.combine(first, second, length);
  }

  @Test
  void digestsDoNotCombine() {
    assertThatThrownBy(() -> Algorithm.MD5.combine(new byte[16], new byte[16], 1))
        .isInstanceOf(IllegalStateException.class);
  }

  static byte[] sum(Algorithm algorithm, byte[] bytes, int offset, int length) {
    Sum sum = algorithm.begin();
    sum.add(bytes, offset, length);
    return sum.value();
  }

  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
