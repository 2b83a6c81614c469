package io.sluice.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long a store that is away is waited for. */
final class PatienceTest {
  private final StoreException away = new StoreException.Unavailable("away", null);

  private final FakeWaiting waiting = new FakeWaiting();
  private final Told told = new Told();
  private int asked;

  private Patience patience(Duration most) {
    return new Patience(most, waiting, told);
  }

  private Patience.Request<String> failing(int times, StoreException reason) {
    return () -> {
      if (asked++ < times) throw reason;
      return "there";
    };
  }

  private List<Long> pauses() {
    return waiting.pauses().stream().map(Duration::toSeconds).toList();
  }

  @Test
  void anOutageIsWaitedOutWithPausesThatGrowToAMinute() throws Exception {
    assertThat(patience(Duration.ofHours(1)).ask(failing(9, away))).isEqualTo("there");
    assertThat(pauses()).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    assertThat(told.lines()).hasSize(9);
    assertThat(told.lines().getFirst()).contains("away", "again in 1 s", "60 min");
  }

  @Test
  void afterAsLongAsAgreedItIsGivenUp() {
    assertThatThrownBy(() -> patience(Duration.ofSeconds(10)).ask(failing(99, away)))
        .isSameAs(away);
    assertThat(pauses()).containsExactly(1L, 2L, 4L, 3L);
  }

  @Test
  void withoutPatienceItIsGivenUpAtOnce() {
    assertThatThrownBy(() -> patience(Duration.ZERO).ask(failing(1, away))).isSameAs(away);
    assertThat(waiting.pauses()).isEmpty();
  }

  @Test
  void aRefusalIsNotWaitedFor() {
    var denied = new StoreException.Denied("no", null);
    assertThatThrownBy(() -> patience(Duration.ofHours(1)).ask(failing(1, denied)))
        .isSameAs(denied);
    assertThat(waiting.pauses()).isEmpty();
  }

  @Test
  void anAnswerEndsTheOutage() throws Exception {
    Patience patience = patience(Duration.ofSeconds(5));
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      asked = 0;
      answers.add(patience.ask(failing(2, away)));
    }
    assertThat(answers).hasSize(4);
    assertThat(pauses()).containsExactly(1L, 2L, 1L, 2L, 1L, 2L, 1L, 2L);
  }

  @Test
  void whoIsToldToEndDoesNotSayThatItAsksAgain() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> patience(Duration.ofHours(1)).ask(failing(1, away)))
        .isInstanceOf(java.io.InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(told.lines()).isEmpty();
  }
}
