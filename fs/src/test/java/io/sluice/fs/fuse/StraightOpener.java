package io.sluice.fs.fuse;

import io.sluice.cache.CachedObject;
import io.sluice.cache.ObjectOpener;
import io.sluice.store.ByteRange;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** No cache: each read asks the store. Knows what has not been closed. */
final class StraightOpener implements ObjectOpener {
  private final ObjectStore store;
  private final Set<CachedObject> open = ConcurrentHashMap.newKeySet();

  StraightOpener(ObjectStore store) {
    this.store = store;
  }

  int open() {
    return open.size();
  }

  @Override
  public CachedObject open(ObjectVersion version) {
    var object = new Straight(version);
    open.add(object);
    return object;
  }

  private final class Straight implements CachedObject {
    private final ObjectVersion version;

    Straight(ObjectVersion version) {
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
      try (var body = store.open(version, new ByteRange(offset, end))) {
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
      open.remove(this);
    }
  }
}
