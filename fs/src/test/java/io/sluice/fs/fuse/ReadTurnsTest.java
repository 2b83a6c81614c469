package io.sluice.fs.fuse;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ReadTurnsTest {
  @Test
  void aReadBeyondTheTurnsIsRunByWhoeverEndsFirst() throws Exception {
    var turns = new ReadTurns(1);
    var started = new CountDownLatch(1);
    var gate = new CountDownLatch(1);
    List<String> ran = new ArrayList<>();
    try (var threads = Executors.newSingleThreadExecutor()) {
      Future<?> first =
          threads.submit(
              () ->
                  turns.run(
                      () -> {
                        started.countDown();
                        await(gate);
                        ran.add("first");
                      }));
      assertThat(started.await(30, SECONDS)).isTrue();
      turns.run(() -> ran.add("second")); // comes back at once, with nothing done
      assertThat(ran).isEmpty();
      gate.countDown();
      first.get();
    }
    assertThat(ran).containsExactly("first", "second");
  }

  @Test
  void everyReadIsRunAndNeverMoreThanTheTurnsAtOnce() throws Exception {
    var turns = new ReadTurns(3);
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var ran = new AtomicInteger();
    try (var threads = Executors.newFixedThreadPool(16)) {
      for (int i = 0; i < 20_000; i++)
        threads.execute(
            () ->
                turns.run(
                    () -> {
                      most.accumulateAndGet(running.incrementAndGet(), Math::max);
                      Thread.onSpinWait();
                      ran.incrementAndGet();
                      running.decrementAndGet();
                    }));
    }
    assertThat(ran.get()).isEqualTo(20_000);
    assertThat(most.get()).isLessThanOrEqualTo(3);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
