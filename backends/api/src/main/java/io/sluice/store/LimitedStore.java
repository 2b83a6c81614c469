package io.sluice.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A store with at most so many requests in flight; a GET is in flight until its body is closed. Who
 * finds none free waits, in turn and for a bounded time.
 */
public final class LimitedStore implements ObjectStore {
  private final ObjectStore inner;
  private final Duration patience;
  private final int most;
  private final Semaphore permits;

  /**
   * Limits a store.
   *
   * @param most requests in flight
   * @param patience how long a request waits for its turn before it fails as throttled
   */
  public LimitedStore(ObjectStore inner, int most, Duration patience) {
    if (most < 1) throw new IllegalArgumentException("requests in flight: " + most);
    this.inner = inner;
    this.most = most;
    this.patience = patience;
    this.permits = new Semaphore(most, true);
  }

  @Override
  public ObjectMeta head(String key) throws StoreException {
    acquire(key);
    try {
      return inner.head(key);
    } finally {
      permits.release();
    }
  }

  @Override
  public ListPage list(ListRequest request) throws StoreException {
    acquire(request.prefix());
    try {
      return inner.list(request);
    } finally {
      permits.release();
    }
  }

  @Override
  public InputStream open(ObjectVersion version, ByteRange range) throws StoreException {
    if (range.isEmpty()) return inner.open(version, range); // which asks nobody
    acquire(version.key());
    boolean opened = false;
    try {
      InputStream body = new PermittedBody(inner.open(version, range));
      opened = true;
      return body;
    } finally {
      if (!opened) permits.release();
    }
  }

  private void acquire(String key) throws StoreException {
    try {
      if (permits.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException.Unavailable("interrupted before a request for " + key, e);
    }
    throw new StoreException.Throttled(
        "%d requests are in flight, and none ended within %s s: %s"
            .formatted(most, patience.toMillis() / 1000.0, key),
        null);
  }

  @Override
  public void close() {
    inner.close();
  }

  private final class PermittedBody extends FilterInputStream {
    private final AtomicBoolean closed = new AtomicBoolean();

    PermittedBody(InputStream body) {
      super(body);
    }

    @Override
    public void close() throws IOException {
      if (!closed.compareAndSet(false, true)) return;
      try {
        super.close();
      } finally {
        permits.release();
      }
    }
  }
}
