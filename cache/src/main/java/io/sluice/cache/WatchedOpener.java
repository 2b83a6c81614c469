package io.sluice.cache;

import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.nio.ByteBuffer;

/** Opens what another one opens, and tells of every read that succeeded. */
public record WatchedOpener(ObjectOpener opener, ReadWatcher watcher) implements ObjectOpener {
  @Override
  public CachedObject open(ObjectVersion version) {
    return new Watched(opener.open(version), watcher);
  }

  private record Watched(CachedObject object, ReadWatcher watcher) implements CachedObject {
    @Override
    public ObjectVersion version() {
      return object.version();
    }

    @Override
    public int read(long offset, ByteBuffer into) throws StoreException {
      int count = object.read(offset, into);
      if (count > 0) watcher.read(version(), offset, count);
      return count;
    }

    @Override
    public void close() {
      object.close();
    }
  }
}
