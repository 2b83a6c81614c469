package io.sluice.cache;

/**
 * What was read of one file.
 *
 * @param key of the object
 * @param served bytes given to readers
 * @param waitedNanos how long they waited, all together
 */
public record FileFigure(String key, long served, long waitedNanos) {}
