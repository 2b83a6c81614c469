package io.sluice.store.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ByteRange;
import io.sluice.store.ObjectVersion;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RangesTest {
  private static final long MIB = 1 << 20;

  private static ObjectVersion of(long size) {
    return new ObjectVersion("k", "t", size);
  }

  private static List<ByteRange> all(Ranges ranges) {
    return IntStream.range(0, ranges.number()).mapToObj(ranges::get).toList();
  }

  private static List<Long> mebibytes(Ranges ranges) {
    return all(ranges).stream().map(range -> range.length() / MIB).toList();
  }

  @Test
  void thoseOfAStreamGrowAndShrink() {
    Ranges ranges = Ranges.staggered(of(56 * MIB), (int) (8 * MIB), 4);
    assertThat(mebibytes(ranges)).containsExactly(2L, 4L, 6L, 8L, 8L, 8L, 8L, 6L, 4L, 2L);
  }

  @Test
  void thoseOfASmallObjectAreFewAndNoShorterThanAMebibyte() {
    int most = (int) (32 * MIB);
    assertThat(mebibytes(Ranges.staggered(of(MIB), most, 8))).containsExactly(1L);
    assertThat(mebibytes(Ranges.staggered(of(2 * MIB), most, 8))).containsExactly(1L, 1L);
    assertThat(mebibytes(Ranges.staggered(of(6 * MIB), most, 8))).containsExactly(1L, 2L, 2L, 1L);
  }

  @Test
  void thoseOfAFileAreAlike() {
    assertThat(all(Ranges.even(of(9), 4)))
        .containsExactly(new ByteRange(0, 3), new ByteRange(3, 6), new ByteRange(6, 9));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 4, 3",
    "1, 4, 3",
    "2, 4, 3",
    "3, 4, 3",
    "4, 4, 3",
    "5, 4, 3",
    "11, 4, 3",
    "12, 4, 3",
    "13, 4, 3",
    "999, 4, 3",
    "1000, 1, 1",
    "1000, 1, 8",
    "1000, 7, 1",
    "1000, 7, 16",
    "999, 8, 8",
    "1048575, 33554432, 8",
    "4294967296, 33554432, 8",
    "4294967297, 33554432, 8",
    "5497558138880, 33554432, 8",
    "5497558138880, 5242881, 7"
  })
  void theyAreTheObjectAndNoneIsLongerThanAllowed(long size, int most, int requests) {
    for (Ranges ranges :
        List.of(Ranges.staggered(of(size), most, requests), Ranges.even(of(size), most))) {
      long at = 0;
      for (int i = 0; i < ranges.number(); i++) {
        ByteRange range = ranges.get(i);
        assertThat(range.start()).isEqualTo(at);
        assertThat(range.length()).isBetween(1L, (long) most);
        at = range.end();
      }
      assertThat(at).isEqualTo(size);
    }
  }

  @Test
  void rangesWithoutNumberAreRefused() {
    assertThatThrownBy(() -> Ranges.even(of(5L << 40), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("make them larger");
  }
}
