package io.sluice.cache;

import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.time.Duration;

/**
 * Holds a version open and asks for parts of it without reading them. Safe for use by many threads.
 */
public interface Prefetch extends AutoCloseable {
  ObjectVersion version();

  /** Bytes that were asked for, all together. */
  long bytes();

  /** Bytes of these that are not here yet. */
  long missing();

  /**
   * Waits until all of it is kept.
   *
   * @param most how long
   * @return true when all of it is kept; false where it is not yet
   * @throws StoreException what the fetch failed with; {@link StoreException.TooLarge} where the
   *     bytes came and the cache had no room to keep them
   */
  boolean await(Duration most) throws StoreException, InterruptedException;

  /** Nobody asks for it any more; what is here stays. A second close does nothing. */
  @Override
  void close();
}
