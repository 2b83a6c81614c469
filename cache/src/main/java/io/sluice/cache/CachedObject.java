package io.sluice.cache;

import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.nio.ByteBuffer;

/**
 * One open object version, read through the cache. Safe for use by many threads at once; several
 * may be open on the same version and share everything.
 */
public interface CachedObject extends AutoCloseable {
  ObjectVersion version();

  /**
   * Reads at {@code offset} until {@code into} is full or the object ends, waiting for blocks on
   * their way.
   *
   * @return how many bytes were read: fewer than {@code into} could hold only at the end of the
   *     object, 0 at or after it
   * @throws StoreException where the bytes of this version cannot be had (any more); nothing is
   *     ever made up in their place. Within the cache's read deadline.
   */
  int read(long offset, ByteBuffer into) throws StoreException;

  /** Read-ahead for this opening ends. A second close does nothing. */
  @Override
  void close();
}
