package io.sluice.cache;

import java.time.Instant;
import java.util.Objects;

/**
 * A process, or one of several caches of a process, that uses a data directory.
 *
 * @param id eight hexadecimal digits
 * @param pid of its process; 0 where that is not known
 * @param since when it opened the directory
 * @param label what it is, for people: "mount s3://models at /models"
 */
public record OwnerInfo(String id, long pid, Instant since, String label) {
  public OwnerInfo {
    Objects.requireNonNull(id);
    Objects.requireNonNull(since);
    Objects.requireNonNull(label);
  }
}
