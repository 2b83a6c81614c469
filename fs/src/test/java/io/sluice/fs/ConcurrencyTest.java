package io.sluice.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many at once: one request for the same question, and nobody waits for another's. */
@Timeout(60)
class ConcurrencyTest {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void manyWhoLookForTheSameNameAtOnceAskOnce() throws Exception {
    try (var bucket = new Bucket().with("a")) {
      var gate = new Gate("HEAD a");
      bucket.store.interfere(gate);
      List<Future<Attributes>> all = manyTimes(32, () -> bucket.stat("a"));
      gate.awaitArrival();
      gate.open();
      for (Future<Attributes> one : all) assertThat(one.get().size()).isEqualTo(1);
      assertThat(bucket.store.takeRequests()).containsExactlyInAnyOrder("HEAD a", "LIST a/");
    }
  }

  @Test
  void manyWhoReadTheSameDirectoryAtOnceListItOnce() throws Exception {
    try (var bucket = new Bucket().with("a", "b", "c", "d", "e")) {
      bucket.store.pageSize(2);
      var gate = new Gate("LIST ");
      bucket.store.interfere(gate);
      List<Future<List<String>>> all = manyTimes(32, () -> bucket.ls(""));
      gate.awaitArrival();
      gate.open();
      for (Future<List<String>> one : all)
        assertThat(one.get()).containsExactly("a", "b", "c", "d", "e");
      assertThat(bucket.store.takeRequests()).containsExactly("LIST ", "LIST ", "LIST ");
    }
  }

  @Test
  void aSlowListingHoldsUpNobodyElse() throws Exception {
    try (var bucket = new Bucket().with("slow/a", "other/b", "c")) {
      bucket.stat("slow");
      var gate = new Gate("LIST slow/");
      bucket.store.interfere(gate);
      Future<List<String>> slow = threads.submit(() -> bucket.ls("slow"));
      gate.awaitArrival();
      assertThat(bucket.ls("other")).containsExactly("b");
      assertThat(bucket.cat("c")).isEqualTo("c");
      assertThat(bucket.cat("slow/a")).isEqualTo("slow/a");
      assertThat(slow.isDone()).isFalse();
      gate.open();
      assertThat(slow.get()).containsExactly("a");
    }
  }

  @Test
  void aStalledReadHoldsUpNobodyElseNotEvenOnTheSameHandle() throws Exception {
    try (var bucket = new Bucket().with("a", "b")) {
      long handle = bucket.open("a");
      var gate = new Gate("GET a");
      bucket.store.interfere(gate);
      Future<String> stalled = threads.submit(() -> bucket.read(handle, 0, 1));
      gate.awaitArrival();
      assertThat(bucket.fs.attributesOf(handle).size()).isEqualTo(1);
      assertThat(bucket.read(handle, 1, 1)).isEmpty();
      assertThat(bucket.stat("a").size()).isEqualTo(1);
      assertThat(bucket.cat("b")).isEqualTo("b");
      assertThat(stalled.isDone()).isFalse();
      gate.open();
      assertThat(stalled.get()).isEqualTo("a");
    }
  }

  @Test
  void waitingForAnothersRequestHasALimit() throws Exception {
    var settings = Bucket.SETTINGS.withWaitLimit(Duration.ofSeconds(2));
    try (var bucket = new Bucket(settings).with("a")) {
      var gate = new Gate("LIST a/");
      bucket.store.interfere(gate);
      Future<Attributes> first = threads.submit(() -> bucket.stat("a"));
      gate.awaitArrival();
      assertThatThrownBy(() -> bucket.stat("a"))
          .hasFieldOrPropertyWithValue("errno", Errno.EIO)
          .hasMessageContaining("a");
      gate.open();
      assertThat(first.get().size()).isEqualTo(1);
    }
  }

  @Test
  void whoWaitsForARequestThatFailsFailsWithIt() throws Exception {
    try (var bucket = new Bucket().with("a")) {
      var gate = new Gate("HEAD a");
      bucket.store.interfere(
          request -> {
            gate.on(request);
            if (request.equals("HEAD a")) throw new StoreException.Denied("not for you", null);
          });
      List<Future<Attributes>> all = manyTimes(8, () -> bucket.stat("a"));
      gate.awaitArrival();
      gate.open();
      for (Future<Attributes> one : all)
        assertThatThrownBy(one::get).cause().hasFieldOrPropertyWithValue("errno", Errno.EACCES);
    }
  }

  private <T> List<Future<T>> manyTimes(int times, Callable<T> call) {
    List<Future<T>> all = new ArrayList<>();
    for (int i = 0; i < times; i++) all.add(threads.submit(call));
    return all;
  }

  /** Holds one kind of request until it is opened. */
  private record Gate(String request, CountDownLatch arrived, CountDownLatch opened)
      implements WatchedStore.Interference {
    Gate(String request) {
      this(request, new CountDownLatch(1), new CountDownLatch(1));
    }

    @Override
    public void on(String sent) {
      if (!sent.equals(request)) return;
      arrived.countDown();
      await(opened);
    }

    void awaitArrival() {
      await(arrived);
    }

    void open() {
      opened.countDown();
    }

    private static void await(CountDownLatch latch) {
      try {
        if (!latch.await(30, TimeUnit.SECONDS)) throw new AssertionError("nobody came");
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
