package io.sluice.cache.profile;

import io.sluice.store.ByteRange;
import io.sluice.store.ObjectVersion;
import java.util.List;

/**
 * What is worth fetching of an object.
 *
 * @param ranges in the order in which they will be wanted; never empty
 */
public record Planned(ObjectVersion version, List<ByteRange> ranges) {
  public Planned {
    ranges = List.copyOf(ranges);
    if (ranges.isEmpty()) throw new IllegalArgumentException("nothing of " + version.key());
  }
}
