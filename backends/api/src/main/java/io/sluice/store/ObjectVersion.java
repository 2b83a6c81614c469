package io.sluice.store;

/**
 * One immutable state of one object. Everything above the store is keyed by this, so staleness can
 * never become corruption.
 *
 * @param key the full key, verbatim
 * @param tag what the store calls this state: an S3 ETag without its quotes, a GCS generation.
 *     Opaque.
 * @param size in bytes
 */
public record ObjectVersion(String key, String tag, long size) {
  public ObjectVersion {
    if (size < 0) throw new IllegalArgumentException("negative size " + size + " of " + key);
    if (tag.isEmpty()) throw new IllegalArgumentException("no tag for " + key);
  }

  /** All of its bytes. */
  public ByteRange all() {
    return new ByteRange(0, size);
  }
}
