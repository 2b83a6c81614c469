package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.ByteRange;
import io.sluice.store.ListPage;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectVersion;
import io.sluice.store.ReadOnlyStore;
import io.sluice.store.StoreException;
import io.sluice.store.testkit.MemoryStore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that stand still: somebody else brings their blocks, or nobody wants them any more. */
@NullMarked
@Timeout(180)
class StragglerTest extends CacheFixture {
  /** A store of which the first body stops after so many bytes, until it is closed. */
  private static final class Stalling extends ReadOnlyStore {
    final MemoryStore memory = new MemoryStore();
    final List<ByteRange> gets = new CopyOnWriteArrayList<>();
    final AtomicInteger stalls = new AtomicInteger(1);
    final AtomicReference<@Nullable ByteRange> held = new AtomicReference<>();
    final CountDownLatch stalled = new CountDownLatch(1);
    final CountDownLatch closed = new CountDownLatch(1);
    private final int after;

    Stalling(int after) {
      this.after = after;
    }

    @Override
    public InputStream open(ObjectVersion version, ByteRange range) throws StoreException {
      gets.add(range);
      InputStream body = memory.open(version, range);
      if (stalls.getAndDecrement() <= 0) return body;
      held.set(range);
      return new Stalled(body);
    }

    private final class Stalled extends FilterInputStream {
      private int left = after;

      Stalled(InputStream body) {
        super(body);
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        if (left == 0) awaitClose();
        int count = super.read(into, offset, Math.min(left, length));
        left -= count;
        return count;
      }

      private void awaitClose() throws IOException {
        stalled.countDown();
        try {
          if (!closed.await(120, TimeUnit.SECONDS)) throw new IOException("nobody closed it");
          throw new StoreException.Unavailable("closed while reading", null);
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }

      @Override
      public void close() throws IOException {
        closed.countDown();
        super.close();
      }
    }

    @Override
    public ObjectMeta head(String key) throws StoreException {
      return memory.head(key);
    }

    @Override
    public ListPage list(ListRequest request) {
      return memory.list(request);
    }

    @Override
    public void close() {}
  }

  @Test
  void whatAStragglerDoesNotBringASecondRequestBrings() throws Exception {
    var store = new Stalling(4);
    byte[] bytes = Bucket.bytes(40);
    ObjectVersion version = store.memory.put("k", bytes).version();
    try (var cache = BlockCache.open(settings(), "test", store);
        var object = cache.open(version)) {
      assertThat(read(object, 0, 40)).isEqualTo(bytes);
      assertThat(store.closed.await(60, TimeUnit.SECONDS)).as("the straggler is given up").isTrue();
    }
    ByteRange held = Objects.requireNonNull(store.held.get());
    assertThat(store.gets)
        .as("asked again, for what was left of it then")
        .filteredOn(range -> range.end() == held.end())
        .hasSizeGreaterThan(1);
    assertThat(store.memory.openBodies()).isZero();
  }

  @Test
  void whatAStragglerWasToBringIsThereForTheNextReader() throws Exception {
    var store = new Stalling(4);
    byte[] bytes = Bucket.bytes(2 * BLOCK); // one request: the clock is of no other
    ObjectVersion version = store.memory.put("k", bytes).version();
    // No time passes but what makes it a straggler, which is not enough for a disk that hangs.
    LongSupplier clock = () -> store.stalled.getCount() > 0 ? 1 : 1_900_000_000;
    try (var cache = BlockCache.open(settings(), "test", store, clock)) {
      assertThat(readAll(cache, version)).isEqualTo(bytes);
      int gets = store.gets.size();
      assertThat(readAll(cache, version)).isEqualTo(bytes);
      assertThat(store.gets).hasSize(gets);
    }
  }

  @Test
  void whenTheLastReaderHasGoneARequestThatStandsStillIsGivenUp() throws Exception {
    var store = new Stalling(4);
    ObjectVersion version = store.memory.put("k", Bucket.bytes(40)).version();
    try (var cache = BlockCache.open(settings(), "test", store, clock)) {
      var object = cache.open(version);
      assertThat(read(object, 0, 4)).hasSize(4);
      assertThat(store.stalled.await(60, TimeUnit.SECONDS)).isTrue();
      object.close();
      assertThat(store.closed.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(readAll(cache, version)).hasSize(40);
    }
  }
}
