package io.sluice.cache;

import io.sluice.store.ObjectVersion;

/** Opens versions for reading: what a file system needs of the cache. */
@FunctionalInterface
public interface ObjectOpener {
  /** Asks no store and no disk that could fail it: trouble shows in {@link CachedObject#read}. */
  CachedObject open(ObjectVersion version);
}
