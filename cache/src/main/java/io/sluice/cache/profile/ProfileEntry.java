package io.sluice.cache.profile;

import io.sluice.store.ByteRange;
import io.sluice.store.ObjectVersion;

/**
 * A part of an object that was read.
 *
 * @param millis from the start of the recording to the first read of it
 * @param version that was read
 * @param range of it; not empty, within the object
 */
public record ProfileEntry(long millis, ObjectVersion version, ByteRange range) {
  public ProfileEntry {
    if (millis < 0) throw new IllegalArgumentException("read before the start: " + millis);
    if (range.isEmpty() || range.end() > version.size())
      throw new IllegalArgumentException(range + " of " + version.size() + " bytes");
  }
}
