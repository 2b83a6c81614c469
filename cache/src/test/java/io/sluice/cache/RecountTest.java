package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NullMarked
@Timeout(180)
class RecountTest {
  private static final Path ROOT = Path.of("data");

  @Test
  void itEndsWithItsOwner() throws Exception {
    var began = new CountDownLatch(1);
    var ended = new AtomicBoolean();
    var recount =
        new Recount(
            ROOT,
            isOver -> {
              began.countDown();
              while (!isOver.getAsBoolean()) LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
              ended.set(true);
            });
    recount.soon();
    assertThat(began.await(60, TimeUnit.SECONDS)).isTrue();
    recount.close();
    assertThat(ended).isTrue();
  }

  @Test
  void afterwardsNothingIsCounted() {
    var counts = new AtomicInteger();
    var recount = new Recount(ROOT, _ -> counts.incrementAndGet());
    recount.close();
    recount.soon();
    recount.close();
    assertThat(counts).hasValue(0);
  }

  @Test
  void whatIsFoundToBeWrongDuringACountIsCountedAgain() throws Exception {
    var began = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var counts = new AtomicInteger();
    try (var recount =
        new Recount(
            ROOT,
            _ -> {
              began.countDown();
              await(goOn);
              counts.incrementAndGet();
            })) {
      recount.soon();
      await(began);
      recount.soon();
      recount.soon();
      goOn.countDown();
      CacheFixture.await(() -> counts.get() == 2);
    }
    assertThat(counts).hasValue(2);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
