package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.testkit.FaultyStore;
import io.sluice.store.testkit.FaultyStore.Fault;
import io.sluice.store.testkit.MemoryStore;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A bucket answers the probe, or the probe says why not, in time. */
final class BucketProbeTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private final FaultyStore store = new FaultyStore(new MemoryStore());

  @Test
  void anEmptyBucketIsGoodEnough() throws Exception {
    BucketProbe.check(store, "models/", LONG);
    assertThat(store.requests()).containsExactly("LIST models/");
  }

  @Test
  void theReasonOfTheStoreIsTheReasonGiven() {
    var denied = new StoreException.Denied("invalid credentials", null);
    store.script(new Fault.Refused(denied));
    assertThatThrownBy(() -> BucketProbe.check(store, "", LONG)).isSameAs(denied);
  }

  @Test
  void aStoreThatDoesNotAnswerIsUnavailableInTime() throws Exception {
    var hanging = new HangingStore();
    assertThatThrownBy(() -> BucketProbe.check(hanging, "", Duration.ofMillis(50)))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("no answer within");
    assertThat(hanging.interrupted.await(30, TimeUnit.SECONDS)).as("told to stop").isTrue();
  }

  @Test
  void anInterruptedProbeEnds() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> BucketProbe.check(new HangingStore(), "", LONG))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  /** Waits until it is interrupted. */
  private static final class HangingStore extends ReadOnlyStore {
    final CountDownLatch interrupted = new CountDownLatch(1);

    @Override
    public ListPage list(ListRequest request) throws StoreException {
      try {
        if (new CountDownLatch(1).await(60, TimeUnit.SECONDS))
          throw new AssertionError("nobody counts it down");
      } catch (InterruptedException e) {
        interrupted.countDown();
      }
      throw new StoreException.Unavailable("hung", null);
    }

    @Override
    public ObjectMeta head(String key) throws StoreException {
      throw new StoreException.Unsupported("lists only", null);
    }

    @Override
    public InputStream open(ObjectVersion version, ByteRange range) throws StoreException {
      throw new StoreException.Unsupported("lists only", null);
    }

    @Override
    public void close() {}
  }
}
