package io.sluice.cache;

/**
 * What a cache has done since it was opened.
 *
 * @param served bytes given to readers
 * @param fetched bytes that came from the store
 * @param bypassed bytes of these that the disk did not take, and that were served from memory
 * @param fetchedTwice bytes of these that came once more, because the first request for them was
 *     slow
 * @param hedges requests made a second time because the first was slow
 * @param verifiedBlocks blocks whose checksum was right
 * @param damagedBlocks blocks whose checksum was wrong; each was fetched again
 * @param reads how often readers read
 * @param readNanos how long that took, all together, waiting included
 * @param waits how often a reader waited
 * @param waitedNanos how long readers waited, all together
 * @param used bytes the data directory takes now
 * @param bound bytes it may take now, by its bound and by the free space of its disk
 */
public record CacheStatistics(
    long served,
    long fetched,
    long bypassed,
    long fetchedTwice,
    long hedges,
    long verifiedBlocks,
    long damagedBlocks,
    long reads,
    long readNanos,
    long waits,
    long waitedNanos,
    long used,
    long bound) {}
