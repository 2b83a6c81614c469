package io.sluice.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An upload in parts that has begun and is neither completed nor aborted.
 *
 * @param key of the object that it becomes
 * @param id what the store calls it; opaque
 * @param isSummed whether its parts may bring checksums that the store keeps: not where another
 *     program has begun it without
 */
public record UploadId(String key, String id, boolean isSummed) {
  public UploadId {
    if (id.isEmpty()) throw new IllegalArgumentException("no upload id for " + key);
  }

  /** One that takes parts as this program sends them. */
  public UploadId(String key, String id) {
    this(key, id, true);
  }

  /** Which upload it is does not depend on how its parts are sent. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UploadId(String otherKey, String otherId, boolean _)
        && key.equals(otherKey)
        && id.equals(otherId);
  }

  @Override
  public int hashCode() {
    return Objects.hash(key, id);
  }
}
