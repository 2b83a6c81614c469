package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cache.CacheSettings.Requests;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long MIB = 1 << 20;
  private long now = 1;

  /** Half a second and more in which each connection brings 40 MB/s, up to what the line takes. */
  private void load(Pace pace, long line, boolean isFull) {
    for (int i = 0; i < 11; i++) {
      long rate = Math.min(line, 40 * MIB * pace.most());
      now += 50_000_000;
      pace.ended(rate / 20, isFull, now);
    }
  }

  @Test
  void whatWasAskedForIsKept() {
    Pace pace = Pace.of(Requests.fixed(8));
    for (int i = 0; i < 20; i++) load(pace, 10_000 * MIB, true);
    assertThat(pace.most()).isEqualTo(8);
  }

  @Test
  void itGoesUpWhileThatPays() {
    Pace pace = Pace.of(new Requests(8, true));
    for (int i = 0; i < 20; i++) load(pace, 10_000 * MIB, true);
    assertThat(pace.most()).isGreaterThanOrEqualTo(60); // a fifteenth more does not pay
  }

  @Test
  void itGoesBackWhereTheLineIsFull() {
    Pace pace = Pace.of(new Requests(8, true));
    for (int i = 0; i < 20; i++) load(pace, 480 * MIB, true);
    assertThat(pace.most()).isBetween(8, 12);
  }

  @Test
  void itGoesUpLaterWhereTheLineHasBecomeWider() {
    Pace pace = Pace.of(new Requests(8, true));
    for (int i = 0; i < 20; i++) load(pace, 480 * MIB, true);
    assertThat(pace.most()).isBetween(8, 12);
    for (int i = 0; i < 60; i++) load(pace, 10_000 * MIB, true);
    assertThat(pace.most()).isGreaterThanOrEqualTo(60); // a fifteenth more does not pay
  }

  @Test
  void whereRequestsWereLackingNothingIsLearned() {
    Pace pace = Pace.of(new Requests(8, true));
    for (int i = 0; i < 20; i++) load(pace, 10_000 * MIB, false);
    assertThat(pace.most()).isEqualTo(8);
  }
}
