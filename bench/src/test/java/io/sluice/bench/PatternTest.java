package io.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PatternTest {
  private static final long MIB = 1 << 20;

  @ParameterizedTest
  @EnumSource(names = {"SEQUENTIAL", "MMAP", "REGIONS", "STRIDED"})
  void itsThreadsTogetherReadEverythingOnce(Pattern pattern) {
    List<Long> all =
        IntStream.range(0, pattern.threads())
            .boxed()
            .flatMap(thread -> pattern.offsets(130 * MIB + 1, thread).stream())
            .sorted()
            .toList();
    assertThat(all).isEqualTo(LongStream.rangeClosed(0, 130).mapToObj(i -> i * MIB).toList());
  }

  @Test
  void aRegionIsContiguous() {
    assertThat(Pattern.REGIONS.offsets(128 * MIB, 3)).containsExactly(6 * MIB, 7 * MIB);
  }

  @Test
  void aStrideTakesEverySixteenth() {
    assertThat(Pattern.STRIDED.offsets(48 * MIB, 3)).containsExactly(3 * MIB, 19 * MIB, 35 * MIB);
  }

  @Test
  void randomReadsAreTheSameInEveryRunAndInsideTheFile() {
    List<Long> offsets = Pattern.RANDOM.offsets(64 * MIB, 0);
    assertThat(offsets).isEqualTo(Pattern.RANDOM.offsets(64 * MIB, 0));
    assertThat(offsets).anyMatch(offset -> offset % 8 != 0);
    assertThat(offsets).allMatch(offset -> offset <= 63 * MIB);
  }

  @Test
  void aRandomPageIsOnePageOfTheFile() {
    assertThat(Pattern.RANDOM_PAGES.offsets(64 * MIB, 0))
        .hasSize(64)
        .allMatch(offset -> offset % 4096 == 0 && offset <= 63 * MIB);
  }
}
