package io.sluice.store;

import java.io.InputStream;

/**
 * A bucket: objects by key. Blocking, values in and values out; safe for use by many threads at
 * once. Every call ends within a bounded time. Conveniences live beside this interface, not in it.
 *
 * <p>This is the reading half; the writing half comes with the first command that writes.
 */
public interface ObjectStore extends AutoCloseable {
  /**
   * What the object is now.
   *
   * @throws StoreException.NotFound where there is no object of exactly this key
   */
  ObjectMeta head(String key) throws StoreException;

  /** One page of keys that start with a prefix; empty where there are none. */
  ListPage list(ListRequest request) throws StoreException;

  /**
   * The bytes of a range of one version, and only of that version: the precondition goes with the
   * request. The stream delivers exactly the range, or throws a {@link StoreException} from {@code
   * read}; it never ends early. Closing it early gives the connection up rather than draining it.
   * An empty range asks nobody.
   *
   * @throws StoreException.Changed where the object is another version by now
   * @throws StoreException.NotFound where it is gone
   * @throws StoreException.RangeNotSatisfiable where the range ends after {@code version.size()}
   */
  InputStream open(ObjectVersion version, ByteRange range) throws StoreException;

  /** Lets connections go. Calls under way fail; a second close does nothing. */
  @Override
  void close();
}
