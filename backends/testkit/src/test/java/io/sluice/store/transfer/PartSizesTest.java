package io.sluice.store.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.Part;
import io.sluice.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PartSizesTest {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final long TIB = 1L << 40;

  @ParameterizedTest
  @CsvSource({
    "0, 16",
    "1, 16",
    "67108864, 16", // 64 MiB
    "167503724544, 16", // 156 GiB
    "167772160000, 16", // 10,000 parts exactly
    "167772160001, 17",
    "214748364800, 21", // 200 GiB
    "1099511627776, 105", // 1 TiB
    "5497558138880, 525", // 5 TiB
  })
  void ofAKnownLengthTheyAreTheBaseOrAsSmallAsTenThousandAllow(long length, long mebibytes)
      throws Exception {
    long size = PartSizes.USUAL.ofLength(length);

    assertThat(size).isEqualTo(mebibytes * MIB);
    assertThat(Math.ceilDiv(length, size)).isLessThanOrEqualTo(Part.MOST);
  }

  @Test
  void moreThanFiveTebibytesAreTooLarge() {
    assertThatThrownBy(() -> PartSizes.USUAL.ofLength(5 * TIB + 1))
        .isInstanceOf(StoreException.TooLarge.class)
        .hasMessageContaining("5497558138881");
  }

  @Test
  void aNegativeLengthIsNone() {
    assertThatThrownBy(() -> PartSizes.USUAL.ofLength(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"1, 16", "500, 16", "501, 32", "1001, 64", "3000, 512", "3001, 1024", "10000, 1024"})
  void ofAStreamTheyDoubleEveryFiveHundred(int number, long mebibytes) {
    assertThat(PartSizes.USUAL.ofStream(number)).isEqualTo(mebibytes * MIB);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 10_001})
  void thereAreTenThousandNumbers(int number) {
    assertThatThrownBy(() -> PartSizes.USUAL.ofStream(number))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 8, 16, 20, 64, 525, 1024})
  void aStreamReachesFiveTebibytesFromAnyBase(long mebibytes) {
    assertThat(new PartSizes(mebibytes * MIB, GIB).reach()).isEqualTo(5 * TIB);
  }

  /** As the README says it. */
  @ParameterizedTest
  @CsvSource({
    "5, 5, 50000",
    "16, 16, 160000",
    "16, 32, 312000",
    "16, 64, 600000",
    "16, 256, 2168000"
  })
  void howFarAStreamReachesDependsOnTheLargestPart(long base, long largest, long mebibytes) {
    assertThat(new PartSizes(base * MIB, largest * MIB).reach()).isEqualTo(mebibytes * MIB);
  }

  @ParameterizedTest
  @CsvSource({
    "5242879, 1073741824", // below 5 MiB
    "5242881, 1073741824", // no whole MiB
    "16777216, 8388608", // shrinking
    "16777216, 2147483648", // no array
  })
  void sizesThatNoStoreTakesAreRefused(long base, long largest) {
    assertThatThrownBy(() -> new PartSizes(base, largest))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("parts are");
  }
}
