package io.sluice.fs.fuse;

import io.sluice.store.ByteRange;
import io.sluice.store.ListPage;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.io.InputStream;

/** A store in front of which something happens to each read of an object's bytes. */
final class HookedStore implements ObjectStore {
  /** What happens before a read. */
  interface Hook {
    void before(ObjectVersion version, ByteRange range) throws StoreException;
  }

  private final ObjectStore store;
  private volatile Hook hook = (_, _) -> {};

  HookedStore(ObjectStore store) {
    this.store = store;
  }

  void set(Hook hook) {
    this.hook = hook;
  }

  @Override
  public ObjectMeta head(String key) throws StoreException {
    return store.head(key);
  }

  @Override
  public ListPage list(ListRequest request) throws StoreException {
    return store.list(request);
  }

  @Override
  public InputStream open(ObjectVersion version, ByteRange range) throws StoreException {
    hook.before(version, range);
    return store.open(version, range);
  }

  @Override
  public void close() {
    store.close();
  }
}
