package io.sluice.fs;

/**
 * An open file: reads of this handle give bytes of this version or fail.
 *
 * @param handle ours, for read and release
 * @param attributes of the version that was pinned; another inode number than the one opened where
 *     the object was replaced since it was looked up
 */
public record Opened(long handle, Attributes attributes) {}
