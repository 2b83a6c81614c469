package io.sluice.launcher.mount;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EarlyCollectionTest {
  @ParameterizedTest
  @CsvSource({
    "32, 3600, false",
    "33, 60, true",
    "33, 59, false",
    "128, 1, false",
    "0, 3600, false"
  })
  void anOldObjectIsLookedAtOnceAMinuteWhereAQuarterOfTheHeapIsUsed(
      long mebibytes, long seconds, boolean due) {
    assertThat(EarlyCollection.isDue(mebibytes << 20, 128 << 20, Duration.ofSeconds(seconds)))
        .isEqualTo(due);
  }
}
