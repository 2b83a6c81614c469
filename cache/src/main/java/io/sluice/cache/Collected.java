package io.sluice.cache;

/**
 * What was cleared away.
 *
 * @param leftovers directories of objects whose eviction was interrupted, and files that were not
 *     finished
 * @param owners files of processes that are dead
 * @param damaged objects without a valid map or description
 * @param superseded versions of keys that have a newer one
 * @param bytes that these took, as accounted
 * @param isCounted whether what all takes has been counted anew; not where others kept writing
 */
public record Collected(
    int leftovers, int owners, int damaged, int superseded, long bytes, boolean isCounted) {}
