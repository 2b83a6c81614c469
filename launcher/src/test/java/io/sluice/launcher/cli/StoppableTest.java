package io.sluice.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With which code work ends, and what is said, where a signal comes. */
@Timeout(60)
final class StoppableTest {
  private final StopSignals signals = new StopSignals();
  private final List<String> said = new ArrayList<>();

  /** Work that ends by itself has all the time it needs, however busy the machine is. */
  private int run(Stoppable.Work work) throws Failure {
    return run(work, Duration.ofSeconds(20));
  }

  private int run(Stoppable.Work work, Duration moment) throws Failure {
    return new Stoppable(signals, moment).run("work", work, said::add, "nothing was written");
  }

  private void interruptFromTerminal() {
    signals.arrived(StopSignals.Signal.INT);
  }

  @Test
  void workThatNobodyStopsEndsWithItsCode() throws Failure {
    assertThat(run(stop -> stop.hasCome() ? 1 : 10)).isEqualTo(10);
    assertThat(said).isEmpty();
  }

  @Test
  void aSignalThatCameFirstIsWhatItEndsWith() throws Failure {
    Stoppable.Work work =
        _ -> {
          interruptFromTerminal();
          return 0;
        };
    assertThat(run(work)).isEqualTo(130);
  }

  @Test
  void theSignalItselfInterruptsTheWork() throws Failure {
    Stoppable.Work work =
        _ -> {
          interruptFromTerminal();
          // Without a wait: whatever is begun next finds the thread interrupted.
          if (!Thread.currentThread().isInterrupted()) return 0;
          throw failure(new InterruptedIOException());
        };
    assertThat(run(work)).isEqualTo(130);
    assertThat(said).containsExactly("stopped: nothing was written");
  }

  @Test
  void whatIsNotKnownToBeUndoneIsSaid() throws Failure {
    Stoppable.Work work =
        _ -> {
          interruptFromTerminal();
          throw failure(new IllegalStateException());
        };
    assertThat(run(work)).isEqualTo(130);
    assertThat(said).containsExactly("stopped: as it says");
  }

  @Test
  void workThatDoesNotEndIsNotWaitedFor() throws Failure {
    var never = new CountDownLatch(1);
    Stoppable.Work work =
        _ -> {
          interruptFromTerminal();
          while (true) {
            try {
              never.await();
            } catch (InterruptedException e) {
              Thread.onSpinWait();
            }
          }
        };
    assertThat(run(work, Stoppable.MOMENT)).isEqualTo(130);
    assertThat(said).containsExactly("stopped before it was done");
  }

  @Test
  void aFailureWithoutASignalIsThrown() {
    Failure failure = failure(new InterruptedIOException());
    assertThatThrownBy(
            () ->
                run(
                    _ -> {
                      throw failure;
                    }))
        .isSameAs(failure);
  }

  private static Failure failure(Throwable cause) {
    return new Failure(ExitCode.BUCKET, "as it says", cause);
  }
}
