package io.sluice.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Behind it, what was sent before is known. */
@Timeout(120)
final class SignalBarrierTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Test
  void whatWasSentBeforeIsHandled() throws Exception {
    var handled = new AtomicInteger();
    // Ignored by whoever does not handle it, and with a smaller number than that of the barrier.
    Signals.handle(
        "CONT",
        () -> {
          for (int i = 0; i < 10_000; i++) Thread.onSpinWait(); // to be late now and then
          handled.incrementAndGet();
        });
    for (int sent = 1; sent <= 100; sent++) {
      Signals.raise("CONT");
      assertThat(SignalBarrier.pass(LIMIT)).isTrue();
      assertThat(handled).hasValue(sent);
    }
  }

  @Test
  void aStopThatIsOnItsWayHasBeenSent() throws Exception {
    var stop = new StopSignals();
    stop.begun();
    assertThat(stop.wasSent()).isFalse();
    Signals.handle("CONT", () -> stop.arrived(StopSignals.Signal.INT));
    Signals.raise("CONT");
    assertThat(stop.wasSent()).isTrue();
  }
}
