package io.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.ByteRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestedRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 1",
    "bytes=2-5, 2, 6",
    "bytes=2-, 2, 10",
    "bytes=8-99, 8, 10",
    "bytes=-3, 7, 10",
    "bytes=-99, 0, 10",
    "bytes=-, 0, 10",
    "lines=1-2, 0, 10"
  })
  void aRangeIsCutAtTheEndOfTheObject(String header, long start, long end) {
    assertThat(RequestedRange.of(header, 10)).contains(new ByteRange(start, end));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=10-12", "bytes=-0", "bytes=5-4"})
  void aRangeWithoutAnyByteOfTheObjectIsNone(String header) {
    assertThat(RequestedRange.of(header, 10)).isEmpty();
  }

  @Test
  void anEmptyObjectHasNoRanges() {
    assertThat(RequestedRange.of("bytes=0-", 0)).isEmpty();
  }
}
