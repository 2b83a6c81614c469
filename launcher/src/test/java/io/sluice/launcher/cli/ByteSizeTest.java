package io.sluice.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes as people write them. */
final class ByteSizeTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "512b, 512",
    "1k, 1024",
    "1K, 1024",
    "1KiB, 1024",
    "1kB, 1000",
    "512MiB, 536870912",
    "512 MiB, 536870912",
    "10G, 10737418240",
    "10GB, 10000000000",
    "1.5TB, 1500000000000",
    "1.5T, 1649267441664",
    "0.5k, 512",
    "0.0001k, 0",
    "2P, 2251799813685248",
    "9223372036854775807, 9223372036854775807"
  })
  void aSizeIsReadInItsUnit(String text, long bytes) {
    assertThat(ByteSize.parse(text).bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "G", "-1", "10X", "10GiBs", "1,5G", "1e9", "0x10", "ten", "1.G"})
  void whatIsNoSizeIsRefusedWithAnExample(String text) {
    assertThatThrownBy(() -> ByteSize.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'" + text + "' is not a size: write it like 10G, 512MiB or 1.5TB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775808", "8192P", "9999999999999999999T"})
  void whatDoesNotFitIsRefusedRatherThanWrapped(String text) {
    assertThatThrownBy(() -> ByteSize.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("more than 8 EiB");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 KiB",
    "1536, 1.5 KiB",
    "10737418240, 10.0 GiB",
    "9223372036854775807, 8192.0 PiB"
  })
  void aSizeIsShownInItsLargestUnit(long bytes, String text) {
    assertThat(new ByteSize(bytes)).hasToString(text);
  }

  @Test
  void aSizeIsNeverNegative() {
    assertThatThrownBy(() -> new ByteSize(-1)).isInstanceOf(IllegalArgumentException.class);
  }
}
