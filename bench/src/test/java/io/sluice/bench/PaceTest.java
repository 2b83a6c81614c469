package io.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long SECOND = 1_000_000_000;

  private final Pace pace = Pace.from(0, 100);

  @Test
  void bytesAreDueWhenTheBandwidthHasCarriedThem() {
    assertThat(pace.due(150)).isEqualTo(SECOND * 3 / 2);
  }

  @Test
  void leavingEarlyEarnsNothing() {
    assertThat(pace.after(100, 0).due(50)).isEqualTo(SECOND * 3 / 2);
  }

  @Test
  void aLateWakeUpIsCaughtUpWith() {
    assertThat(pace.after(100, SECOND + Pace.GRACE_NANOS).due(50)).isEqualTo(SECOND * 3 / 2);
  }

  @Test
  void aReaderThatStalledHasLostThatTime() {
    long stalled = SECOND + 7 * SECOND;
    assertThat(pace.after(100, stalled).due(50)).isEqualTo(stalled + SECOND / 2 - Pace.GRACE_NANOS);
  }

  @Test
  void aBodyOfManyGigabytesDoesNotOverflow() {
    assertThat(Pace.from(5, 1_000_000_000).due(20_000_000_000L)).isEqualTo(5 + 20 * SECOND);
  }
}
