package io.sluice.store;

/**
 * An upload in parts that has begun and is neither completed nor aborted.
 *
 * @param key of the object that it becomes
 * @param id what the store calls it; opaque
 */
public record UploadId(String key, String id) {
  public UploadId {
    if (id.isEmpty()) throw new IllegalArgumentException("no upload id for " + key);
  }
}
