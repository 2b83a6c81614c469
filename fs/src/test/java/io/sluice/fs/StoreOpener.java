package io.sluice.fs;

import io.sluice.cache.CachedObject;
import io.sluice.cache.ObjectOpener;
import io.sluice.store.ByteRange;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A cache that keeps nothing: each read asks the store. Counts what is not closed. */
public final class StoreOpener implements ObjectOpener {
  private final ObjectStore store;
  private final AtomicInteger open = new AtomicInteger();

  public StoreOpener(ObjectStore store) {
    this.store = store;
  }

  public int open() {
    return open.get();
  }

  @Override
  public CachedObject open(ObjectVersion version) {
    open.incrementAndGet();
    return new Uncached(version);
  }

  private final class Uncached implements CachedObject {
    private final ObjectVersion version;
    private final AtomicBoolean closed = new AtomicBoolean();

    Uncached(ObjectVersion version) {
      this.version = version;
    }

    @Override
    public ObjectVersion version() {
      return version;
    }

    @Override
    public int read(long offset, ByteBuffer into) throws StoreException {
      long end = Math.min(version.size(), offset + into.remaining());
      if (offset >= end) return 0;
      try (InputStream body = store.open(version, new ByteRange(offset, end))) {
        byte[] bytes = body.readAllBytes();
        into.put(bytes);
        return bytes.length;
      } catch (StoreException e) {
        throw e;
      } catch (IOException e) {
        throw new StoreException.Unavailable(version.key(), e);
      }
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) open.decrementAndGet();
    }
  }
}
