package io.sluice.store;

import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A bucket: objects by key. Blocking, values in and values out; safe for use by many threads at
 * once. Every call ends within a bounded time. Keys are full and verbatim. Conveniences live beside
 * this interface ({@link io.sluice.store.transfer}), not in it.
 */
public interface ObjectStore extends AutoCloseable {
  /**
   * What the object is now.
   *
   * @throws StoreException.NotFound where there is no object of exactly this key
   */
  ObjectMeta head(String key) throws StoreException;

  /**
   * All that the store tells about the object as it is now, in one request.
   *
   * @throws StoreException.NotFound where there is no object of exactly this key
   */
  ObjectDetails describe(String key) throws StoreException;

  /**
   * How many bytes each part of an object had when it was uploaded, in order: what a checksum of
   * its parts' checksums takes. Two requests where all parts but the last are alike, some more
   * where they are not. Asked for seldom: where no checksum of the whole is kept.
   *
   * @return nothing where it was not uploaded in parts, or that is not told
   * @throws StoreException.Changed where the object is another version by now
   */
  List<Long> partSizes(ObjectVersion version) throws StoreException;

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

  /**
   * Writes an object in one request: all of it or nothing.
   *
   * @param body at most 5 GiB
   * @throws StoreException.Changed where the precondition does not hold
   * @throws StoreException.TooLarge where the body is larger than the store takes at once
   * @throws StoreException.Invalid where the body cannot be read, or the key cannot be one
   */
  ObjectVersion put(String key, Payload body, PutOptions options) throws StoreException;

  /**
   * Copies one version of an object within the bucket, without its bytes coming here; of any size.
   * Attributes that are given replace all of the source's, tags included; with none given all are
   * kept.
   *
   * @throws StoreException.Changed where the source is another version by now, or the precondition,
   *     which is about the target, does not hold
   * @throws StoreException.NotFound where the source is gone
   */
  ObjectVersion copy(ObjectVersion from, String to, PutOptions options) throws StoreException;

  /** Deletes an object; nothing to do where there is none. */
  void delete(String key) throws StoreException;

  /**
   * The object's tags, by key.
   *
   * @throws StoreException.Unsupported where the store has none
   */
  Map<String, String> tags(String key) throws StoreException;

  /**
   * Replaces all tags of an object; the version stays the same.
   *
   * @param tags as in {@link ObjectAttributes}
   * @throws StoreException.Unsupported where the store has none
   */
  void setTags(String key, Map<String, String> tags) throws StoreException;

  /**
   * The URL of a request that needs no credentials any more. Asks nobody, but for the region where
   * it is not known; whether the object exists shows when it is used.
   *
   * @throws StoreException.Unsupported where the store, or its credentials, cannot sign
   */
  URI presign(Presign request) throws StoreException;

  /** Objects that are written in parts. */
  MultipartUploads uploads();

  /** Lets connections go. Calls under way fail; a second close does nothing. */
  @Override
  void close();
}
