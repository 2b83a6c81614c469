package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a failed request is made again. */
final class RetryTest {
  private final StoreException failure = new StoreException.Unavailable("500", null);
  private final FakeWaiting time = new FakeWaiting();

  @Test
  void pausesDoubleUpToTheLongestAndLoseAHalfAtMost() throws Exception {
    var retry = new Retry(7, Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofHours(1));
    Retry.Failures failures = retry.new Failures(time);
    for (int i = 0; i < 6; i++) failures.add(failure);
    List<Integer> longest = List.of(100, 200, 400, 500, 500, 500);
    for (int i = 0; i < 6; i++) {
      assertThat(time.pauses().get(i).toMillis())
          .isBetween(longest.get(i) / 2L, (long) longest.get(i));
    }
    assertThatThrownBy(() -> failures.add(failure)).isSameAs(failure);
  }

  @Test
  void moreAttemptsHaveMoreTime() throws Exception {
    assertThat(Retry.USUAL.times(10).within()).isEqualTo(Retry.USUAL.within());
    Retry.Failures failures = Retry.USUAL.times(100).new Failures(time);
    for (int i = 0; i < 99; i++) failures.add(failure);
    assertThatThrownBy(() -> failures.add(failure)).isSameAs(failure);
  }

  @Test
  void clientsThatFailTogetherComeBackApart() throws Exception {
    var retry = new Retry(50, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofHours(1));
    Retry.Failures failures = retry.new Failures(time);
    for (int i = 0; i < 49; i++) failures.add(failure);
    assertThat(new HashSet<>(time.pauses())).hasSizeGreaterThan(10);
  }

  @Test
  void noAttemptBeginsAfterItsTime() throws Exception {
    var retry = new Retry(50, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(18));
    Retry.Failures failures = retry.new Failures(time);
    failures.add(failure);
    time.pass(Duration.ofSeconds(18));
    failures.add(failure);
    time.pass(Duration.ofMillis(1));
    assertThatThrownBy(() -> failures.add(failure)).isSameAs(failure);
  }

  @Test
  void aStoreThatAsksToSlowDownIsAskedAgainUntilTimeIsUp() throws Exception {
    var retry = new Retry(3, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(18));
    Retry.Failures failures = retry.new Failures(time);
    var throttled = new StoreException.Throttled("slow down", null);
    for (int i = 0; i < 100; i++) failures.add(throttled);
    time.pass(Duration.ofSeconds(19));
    assertThatThrownBy(() -> failures.add(throttled)).isSameAs(throttled);
  }

  @Test
  void anInterruptEndsThePause() {
    var retry = new Retry(3, Duration.ofMinutes(10), Duration.ofMinutes(10), Duration.ofHours(1));
    Retry.Failures failures = retry.new Failures(Retry.Waiting.REAL);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> failures.add(failure))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("interrupted")
        .hasCause(failure);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void atLeastOneAttemptIsMade() {
    assertThatThrownBy(() -> new Retry(0, Duration.ZERO, Duration.ZERO, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
