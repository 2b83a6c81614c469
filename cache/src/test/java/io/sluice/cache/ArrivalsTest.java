package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cache.Arrivals.Expectation;
import io.sluice.store.StoreException;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NullMarked
@Timeout(180)
class ArrivalsTest {
  private static final long NOW = 0;
  private final Arrivals arrivals = new Arrivals();
  private final StoreException down = new StoreException.Unavailable("down", null);

  @Test
  void whoWaitsLooksWhenItsBlockCame() throws Exception {
    try (Expectation waiting = arrivals.expect(List.of(1, 2))) {
      assertThat(waiting.await(1, NOW)).isFalse();
      arrivals.look(1);
      assertThat(waiting.await(1, NOW)).isTrue();
      assertThat(waiting.await(2, NOW)).isFalse();
      assertThat(arrivals.waitedFor()).containsExactly(2);
    }
    assertThat(arrivals.waiting()).isZero();
  }

  @Test
  void theFailureOfARequestIsToldToThoseItWasStartedFor() {
    try (Expectation waiting = arrivals.expect(List.of(1));
        Expectation alsoWaiting = arrivals.expect(List.of(1))) {
      long started = arrivals.expected();
      arrivals.failed(0, 8, down, started);
      assertThatThrownBy(() -> waiting.await(1, NOW)).isSameAs(down);
      assertThatThrownBy(() -> alsoWaiting.await(1, NOW)).isSameAs(down);
    }
  }

  @Test
  void whoCameWhenItWasUnderWayLooksAndMayAskAgain() throws Exception {
    long started = arrivals.expected();
    try (Expectation waiting = arrivals.expect(List.of(1))) {
      arrivals.failed(0, 8, down, started);
      assertThat(waiting.await(1, NOW)).isTrue();
    }
  }
}
