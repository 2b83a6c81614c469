package io.sluice.fs.fuse;

import io.sluice.fs.BucketFileSystem;
import io.sluice.fs.FsSettings;
import io.sluice.fs.Ownership;
import io.sluice.fs.SteadyClock;
import io.sluice.fs.StoreOpener;
import io.sluice.store.ObjectStore;

/** A file system over a store, without a cache. */
record BucketForTest(BucketFileSystem fs, StoreOpener opener) implements AutoCloseable {
  static final int UID = 1234;
  static final int GID = 5678;

  BucketForTest(ObjectStore store) {
    this(store, new StoreOpener(store));
  }

  private BucketForTest(ObjectStore store, StoreOpener opener) {
    var settings = FsSettings.of(Ownership.readOnly(UID, GID));
    this(new BucketFileSystem(store, opener, settings, new SteadyClock()), opener);
  }

  @Override
  public void close() {
    fs.close();
  }
}
