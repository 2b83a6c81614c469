package io.sluice.fs;

import io.sluice.cache.CachedObject;

/** A file that somebody reads: one version of it, however the object changes. */
record OpenFile(Inodes.Node node, Attributes attributes, CachedObject object)
    implements AutoCloseable {
  @Override
  public void close() {
    object.close();
  }
}
