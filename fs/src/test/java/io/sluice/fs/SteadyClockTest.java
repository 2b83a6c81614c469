package io.sluice.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
  @Test
  void itStartsAtTheTimeOfDayAndGoesOn() {
    var clock = new SteadyClock();
    Instant first = clock.instant();
    assertThat(first).isCloseTo(Instant.now(), within(60, ChronoUnit.SECONDS));
    Instant later = clock.instant();
    while (later.equals(first)) later = clock.instant();
    assertThat(later).isAfter(first);
  }
}
