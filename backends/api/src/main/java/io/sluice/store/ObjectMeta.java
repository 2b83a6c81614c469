package io.sluice.store;

import java.time.Instant;

/** What a HEAD or a LIST tells about an object. */
public record ObjectMeta(ObjectVersion version, Instant lastModified) {
  public String key() {
    return version.key();
  }

  public long size() {
    return version.size();
  }
}
