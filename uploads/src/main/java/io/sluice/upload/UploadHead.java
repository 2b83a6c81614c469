package io.sluice.upload;

import io.sluice.store.ObjectAttributes;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an upload is of, and what it is to become: known before the store is asked for anything.
 *
 * @param to the object
 * @param file absolute
 * @param identity of the file when it was looked at last; absent where another program began the
 *     upload and did not write it down
 * @param plan how it is cut into parts
 * @param attributes of the object
 */
public record UploadHead(
    Destination to,
    Path file,
    Optional<FileIdentity> identity,
    UploadPlan plan,
    ObjectAttributes attributes) {
  public UploadHead {
    if (!file.isAbsolute()) throw new IllegalArgumentException("not absolute: " + file);
    long size = plan.size();
    if (identity.isPresent() && identity.get().size() != size)
      throw new IllegalArgumentException(
          "a plan for %d bytes, and a file of %d".formatted(size, identity.get().size()));
  }

  /** The same upload of the same bytes, which are in this file now. */
  UploadHead of(Path place, FileIdentity now) {
    return new UploadHead(to, place, Optional.of(now), plan, attributes);
  }
}
