package io.sluice.store.transfer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Crc32cTest {
  private static int sum(byte[] bytes, int from, int length) {
    var sum = new CRC32C();
    sum.update(bytes, from, length);
    return (int) sum.getValue();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0, 1",
    "1, 0",
    "1, 1",
    "7, 8",
    "8, 7",
    "1000, 1",
    "1, 1000",
    "65536, 65536",
    "1048576, 3",
    "3, 1048577",
    "16777216, 16777216"
  })
  void theSumOfTwoPiecesIsTheSumOfTheWhole(int first, int second) {
    byte[] bytes = Bytes.random(first + second);
    assertThat(Crc32c.combine(sum(bytes, 0, first), sum(bytes, first, second), second))
        .isEqualTo(sum(bytes, 0, first + second));
  }

  /** The check value of CRC-32C in RFC 3720's catalogue: that of the digits 1 to 9. */
  @Test
  void theKnownValueComesOut() {
    byte[] digits = "123456789".getBytes(US_ASCII);
    int sum = 0;
    for (int i = 0; i < digits.length; i++) sum = Crc32c.combine(sum, sum(digits, i, 1), 1);
    assertThat(sum).isEqualTo(0xe3069283);
  }

  @Test
  void piecesMayBeLongerThanAnArray() {
    byte[] bytes = Bytes.random(10);
    int half = sum(bytes, 0, 10);
    long long5 = 5L << 30;
    // Associative: however large pieces are grouped, the sum is one.
    int left = Crc32c.combine(Crc32c.combine(half, 77, long5), 99, long5);
    int right = Crc32c.combine(half, Crc32c.combine(77, 99, long5), 2 * long5);
    assertThat(left).isEqualTo(right);
  }

  @Test
  void aNegativeLengthIsNone() {
    assertThatThrownBy(() -> Crc32c.combine(1, 2, -1)).isInstanceOf(IllegalArgumentException.class);
  }
}
