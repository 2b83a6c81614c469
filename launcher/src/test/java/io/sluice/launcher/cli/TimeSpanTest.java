package io.sluice.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations as people write them. */
final class TimeSpanTest {
  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "30, PT30S",
    "30s, PT30S",
    "5m, PT5M",
    "2H, PT2H",
    "1d, PT24H",
    "250ms, PT0.25S",
    "1.5s, PT1.5S",
    "forever, PT876000H",
    "999999999d, PT876000H"
  })
  void aDurationIsReadInItsUnit(String text, Duration duration) {
    assertThat(TimeSpan.parse(text).duration()).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "-5s", "5 minutes", "never", "1y", "PT5S", "1.2345s"})
  void whatIsNoDurationIsRefusedWithAnExample(String text) {
    assertThatThrownBy(() -> TimeSpan.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'" + text + "' is not a duration: write it like 30s, 5m, 2h or forever");
  }

  @Test
  void foreverIsLongerThanAnythingElse() {
    assertThat(TimeSpan.parse("36499d").duration()).isLessThan(TimeSpan.FOREVER.duration());
  }
}
