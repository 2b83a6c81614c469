package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.testkit.FaultyStore;
import io.sluice.store.testkit.MemoryStore;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests in flight are counted, bodies included, and nobody waits for ever. */
final class LimitedStoreTest {
  private final MemoryStore bucket = new MemoryStore();
  private final FaultyStore faulty = new FaultyStore(bucket);
  private final LimitedStore store = new LimitedStore(faulty, 1, Duration.ofMillis(20));
  private ObjectVersion version = bucket.put("k", "abcd").version();

  @BeforeEach
  void putObject() {
    version = bucket.put("k", "abcd").version();
  }

  @Test
  void aRequestIsInFlightUntilItsBodyIsClosed() throws Exception {
    try (InputStream body = store.open(version, version.all())) {
      assertThat(body.readAllBytes()).hasSize(4);
      assertThatThrownBy(() -> store.head("k"))
          .isInstanceOf(StoreException.Throttled.class)
          .hasMessageContaining("1 requests are in flight")
          .hasMessageContaining("k");
    }
    assertThat(store.head("k").size()).isEqualTo(4);
    assertThat(faulty.requests()).containsExactly("GET k 0..4", "HEAD k");
  }

  @Test
  void aBodyClosedTwiceCountsOnce() throws Exception {
    InputStream first = store.open(version, version.all());
    first.close();
    first.close();
    try (InputStream _ = store.open(version, version.all())) {
      assertThatThrownBy(() -> store.head("k")).isInstanceOf(StoreException.Throttled.class);
    }
  }

  @Test
  void whatFailsIsNoLongerInFlight() {
    for (int i = 0; i < 3; i++) {
      faulty.script(
          new FaultyStore.Fault.Refused(new StoreException.Unavailable("500", null)),
          new FaultyStore.Fault.Refused(new StoreException.Unavailable("500", null)),
          new FaultyStore.Fault.Refused(new StoreException.Unavailable("500", null)));
      assertThatThrownBy(() -> store.head("k")).isInstanceOf(StoreException.Unavailable.class);
      assertThatThrownBy(() -> store.list(ListRequest.everything("")))
          .isInstanceOf(StoreException.Unavailable.class);
      assertThatThrownBy(() -> store.open(version, version.all()))
          .isInstanceOf(StoreException.Unavailable.class);
    }
  }

  @Test
  void whoWaitsGetsTheTurnOfWhoCloses() throws Exception {
    var patient = new LimitedStore(faulty, 1, Duration.ofSeconds(30));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<ObjectMeta> waiting;
      try (InputStream body = patient.open(version, version.all())) {
        waiting = threads.submit(() -> patient.head("k"));
        assertThat(body.read()).isEqualTo('a');
      }
      assertThat(waiting.get(30, TimeUnit.SECONDS).size()).isEqualTo(4);
    }
  }

  @Test
  void anInterruptedWaitEnds() throws Exception {
    var patient = new LimitedStore(faulty, 1, Duration.ofMinutes(10));
    try (InputStream _ = patient.open(version, version.all())) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> patient.head("k"))
          .isInstanceOf(StoreException.Unavailable.class)
          .hasMessageContaining("interrupted");
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void anEmptyRangeNeedsNoTurn() throws Exception {
    try (InputStream _ = store.open(version, version.all());
        InputStream empty = store.open(version, new ByteRange(2, 2))) {
      assertThat(empty.readAllBytes()).isEmpty();
    }
  }

  @Test
  void aLimitBelowOneIsRefused() {
    assertThatThrownBy(() -> new LimitedStore(bucket, 0, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aStoreThatAsksToSlowDownIsAskedByFewer() throws Exception {
    var eight = new LimitedStore(faulty, 8, Duration.ofMillis(20));
    for (int i = 0; i < 2; i++) {
      faulty.script(
          new FaultyStore.Fault.Refused(new StoreException.Throttled("503 SlowDown", null)));
      assertThatThrownBy(() -> eight.head("k")).isInstanceOf(StoreException.Throttled.class);
    }
    try (InputStream _ = eight.open(version, version.all());
        InputStream _ = eight.open(version, version.all());
        InputStream _ = eight.open(version, version.all())) {
      assertThatThrownBy(() -> eight.head("k"))
          .as("half, half again, and one more after a round that went well")
          .isInstanceOf(StoreException.Throttled.class)
          .hasMessageContaining("3 requests are in flight");
    }
    for (int i = 0; i < 50; i++) assertThat(eight.head("k").size()).isEqualTo(4);
  }

  @Test
  void partsAndTheirUploadTakeTurnsToo() throws Exception {
    UploadId upload = store.uploads().create("p", ObjectAttributes.NONE);
    try (InputStream _ = store.open(version, version.all())) {
      assertThatThrownBy(() -> store.uploads().put(upload, 1, Payload.of(new byte[1])))
          .isInstanceOf(StoreException.Throttled.class);
      assertThatThrownBy(() -> store.put("p", Payload.of(new byte[1]), PutOptions.ANY))
          .isInstanceOf(StoreException.Throttled.class);
    }
  }
}
