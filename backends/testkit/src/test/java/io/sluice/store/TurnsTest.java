package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Fewer requests after a slow-down, one more after each round that went well. */
final class TurnsTest {
  private static final long LONG = TimeUnit.SECONDS.toNanos(30);

  private final Turns turns = new Turns(8);

  private long take() throws Exception {
    return turns.take(0).orElseThrow();
  }

  private List<Long> takeAll() throws Exception {
    var taken = new ArrayList<Long>();
    while (true) {
      var turn = turns.take(0);
      if (turn.isEmpty()) return taken;
      taken.add(turn.getAsLong());
    }
  }

  @Test
  void asManyAreTakenAsAreAllowed() throws Exception {
    assertThat(takeAll()).hasSize(8);
    turns.giveBack();
    assertThat(takeAll()).hasSize(1);
  }

  @Test
  void aSlowDownHalvesThem() throws Exception {
    turns.slowDown(take());
    assertThat(turns.allowed()).isEqualTo(4);
    turns.giveBack();
    assertThat(takeAll()).hasSize(4);
  }

  @Test
  void requestsThatWereUnderWayTogetherSlowDownOnce() throws Exception {
    List<Long> together = takeAll();
    for (long turn : together) turns.slowDown(turn);
    assertThat(turns.allowed()).isEqualTo(4);
    for (int i = 0; i < together.size(); i++) turns.giveBack();
    turns.slowDown(take());
    assertThat(turns.allowed()).as("a later one is new").isEqualTo(2);
  }

  @Test
  void oneAlwaysGoes() throws Exception {
    for (int i = 0; i < 10; i++) {
      turns.slowDown(take());
      turns.giveBack();
    }
    assertThat(turns.allowed()).isEqualTo(1);
    assertThat(takeAll()).hasSize(1);
  }

  @Test
  void eachRoundThatGoesWellAllowsOneMoreUpToTheFirstLimit() throws Exception {
    turns.slowDown(take());
    turns.giveBack();
    for (int i = 0; i < 4; i++) turns.wentWell();
    assertThat(turns.allowed()).isEqualTo(5);
    for (int i = 0; i < 5; i++) turns.wentWell();
    assertThat(turns.allowed()).isEqualTo(6);
    for (int i = 0; i < 1000; i++) turns.wentWell();
    assertThat(turns.allowed()).isEqualTo(8);
  }

  @Test
  void whoWaitsIsServedInTheOrderOfComing() throws Exception {
    var one = new Turns(1);
    assertThat(one.take(0)).isPresent();
    var order = new ArrayList<Integer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var waiting = new ArrayList<Future<?>>();
      for (int i = 0; i < 3; i++) {
        int me = i;
        waiting.add(
            threads.submit(
                () -> {
                  one.take(LONG).orElseThrow();
                  order.add(me); // one at a time
                  one.giveBack();
                  return me;
                }));
        while (one.waiting() <= i) Thread.onSpinWait();
      }
      one.giveBack();
      for (Future<?> each : waiting) each.get(30, TimeUnit.SECONDS);
    }
    assertThat(order).containsExactly(0, 1, 2);
  }

  @Test
  void manyThreadsNeverHaveMoreThanAllowedAndAllGetTheirTurn() throws Exception {
    var inFlight = new java.util.concurrent.atomic.AtomicInteger();
    var most = new java.util.concurrent.atomic.AtomicInteger();
    try (var threads = Executors.newFixedThreadPool(32)) {
      var all = new ArrayList<Future<?>>();
      for (int i = 0; i < 32; i++) {
        int me = i;
        all.add(
            threads.submit(
                () -> {
                  for (int round = 0; round < 200; round++) {
                    long turn = turns.take(LONG).orElseThrow();
                    most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                    if (me == 0 && round % 20 == 0) turns.slowDown(turn);
                    else turns.wentWell();
                    inFlight.decrementAndGet();
                    turns.giveBack();
                  }
                  return me;
                }));
      }
      for (Future<?> each : all) each.get(60, TimeUnit.SECONDS);
    }
    assertThat(most.get()).isBetween(1, 8);
    assertThat(takeAll()).hasSize(turns.allowed());
  }
}
