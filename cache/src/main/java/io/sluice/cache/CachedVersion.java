package io.sluice.cache;

import java.time.Instant;

/**
 * An object version in a data directory, as it was when it was looked at.
 *
 * @param id its directory's name
 * @param store which bucket of which endpoint; empty where it is damaged
 * @param key empty where it is damaged
 * @param tag the version's; empty where it is damaged
 * @param size of the object in bytes; 0 where it is damaged
 * @param held bytes of it that are cached
 * @param cached since when; the epoch where it is damaged
 * @param lastUsed when it was last opened or closed
 * @param isDamaged its description or its map cannot be read: it is discarded when it is next
 *     opened
 * @param isPinned it is never evicted
 * @param isInUse somebody has it open
 */
public record CachedVersion(
    String id,
    String store,
    String key,
    String tag,
    long size,
    long held,
    Instant cached,
    Instant lastUsed,
    boolean isDamaged,
    boolean isPinned,
    boolean isInUse) {
  /** Whether all of it is cached. */
  public boolean isComplete() {
    return !isDamaged && held == size;
  }
}
