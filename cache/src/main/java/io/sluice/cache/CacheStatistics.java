package io.sluice.cache;

/**
 * What a cache has done since it was opened.
 *
 * @param served bytes given to readers
 * @param fetched bytes that came from the store
 * @param bypassed bytes of these that the disk did not take, and that were served from memory
 * @param damagedBlocks blocks whose checksum was wrong; each was fetched again
 * @param waitedNanos how long readers waited, all together
 * @param used bytes the data directory takes now
 */
public record CacheStatistics(
    long served, long fetched, long bypassed, long damagedBlocks, long waitedNanos, long used) {}
