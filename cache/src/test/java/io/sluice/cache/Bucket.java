package io.sluice.cache;

import io.sluice.store.ByteRange;
import io.sluice.store.ListPage;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectVersion;
import io.sluice.store.ReadOnlyStore;
import io.sluice.store.StoreException;
import io.sluice.store.testkit.MemoryStore;
import java.io.InputStream;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** A bucket that remembers which ranges were asked of it, can be held up, and can be down. */
@NullMarked
final class Bucket extends ReadOnlyStore {
  private final MemoryStore memory = new MemoryStore();
  private final List<ByteRange> gets = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable CountDownLatch> gate = new AtomicReference<>();
  private final AtomicReference<@Nullable StoreException> failOnce = new AtomicReference<>();
  private volatile @Nullable StoreException failure;

  /** Bytes of which no two blocks are alike. */
  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  ObjectVersion put(String key, byte[] bytes) {
    return memory.put(key, bytes).version();
  }

  List<ByteRange> gets() {
    return gets;
  }

  long bytesAskedFor() {
    return gets.stream().mapToLong(ByteRange::length).sum();
  }

  int openBodies() {
    return memory.openBodies();
  }

  /** From now on a GET waits until {@link #letThrough()}. */
  void holdUp() {
    gate.set(new CountDownLatch(1));
  }

  void letThrough() {
    CountDownLatch held = gate.getAndSet(null);
    if (held != null) held.countDown();
  }

  /** From now on every GET fails so. */
  void failWith(StoreException reason) {
    failure = reason;
  }

  /** The next GET, or the one that is held up, fails so. */
  void failOnce(StoreException reason) {
    failOnce.set(reason);
  }

  void recover() {
    failure = null;
  }

  @Override
  public InputStream open(ObjectVersion version, ByteRange range) throws StoreException {
    gets.add(range);
    awaitGate();
    StoreException once = failOnce.getAndSet(null);
    if (once != null) throw once;
    StoreException reason = failure;
    if (reason != null) throw reason;
    return memory.open(version, range);
  }

  private void awaitGate() throws StoreException {
    CountDownLatch held = gate.get();
    try {
      if (held != null && !held.await(60, TimeUnit.SECONDS))
        throw new StoreException.Unavailable("held up for too long", null);
    } catch (InterruptedException e) {
      throw new StoreException.Unavailable("interrupted", e);
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
