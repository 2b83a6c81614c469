package io.sluice.fs.fuse;

import io.sluice.store.ByteRange;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import io.sluice.store.testkit.PassingStore;
import java.io.InputStream;

/** A store in front of which something happens to each read of an object's bytes. */
final class HookedStore extends PassingStore {
  /** What happens before a read. */
  interface Hook {
    void before(ObjectVersion version, ByteRange range) throws StoreException;
  }

  private volatile Hook hook = (_, _) -> {};

  HookedStore(ObjectStore store) {
    super(store);
  }

  void set(Hook hook) {
    this.hook = hook;
  }

  @Override
  public InputStream open(ObjectVersion version, ByteRange range) throws StoreException {
    hook.before(version, range);
    return super.open(version, range);
  }
}
