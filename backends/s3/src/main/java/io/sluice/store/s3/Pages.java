package io.sluice.store.s3;

import io.sluice.store.StoreException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the next page of a listing begins. A server that says there is one, but not where, or that
 * it begins where this one did, would be asked for ever.
 */
record Pages(String operation, String subject) {
  /** The marker of the next page; absent on the last one. */
  <T> Optional<T> next(@Nullable Boolean isTruncated, T marker, @Nullable T next)
      throws StoreException {
    if (isTruncated == null || !isTruncated) return Optional.empty();
    if (next == null || next.equals(marker))
      throw new StoreException.Invalid(
          "%s %s: not an S3 answer: there is more, but no marker to go on from"
              .formatted(operation, subject),
          null);
    return Optional.of(next);
  }
}
