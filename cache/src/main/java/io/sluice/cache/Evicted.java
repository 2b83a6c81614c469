package io.sluice.cache;

import java.util.List;

/**
 * What became of objects that were to be evicted.
 *
 * @param gone those that were
 * @param inUse those that somebody has open, and that stay
 * @param pinned those that are pinned, and that stay
 */
public record Evicted(
    List<CachedVersion> gone, List<CachedVersion> inUse, List<CachedVersion> pinned) {
  public Evicted {
    gone = List.copyOf(gone);
    inUse = List.copyOf(inUse);
    pinned = List.copyOf(pinned);
  }

  /** Bytes that were cached of those that are gone. */
  public long bytes() {
    return gone.stream().mapToLong(CachedVersion::held).sum();
  }
}
