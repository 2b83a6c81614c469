package io.sluice.fs;

import java.time.Instant;

/**
 * What {@code stat} shows.
 *
 * @param inode stable for a path and a version: another version of the same file has another number
 * @param size in bytes; 0 for a directory
 * @param mode permission bits only (no type), for instance 0444
 * @param modified the object's Last-Modified; for a directory, when the file system was opened
 */
public record Attributes(
    long inode, Kind kind, long size, int mode, int uid, int gid, Instant modified) {
  public enum Kind {
    FILE,
    DIRECTORY
  }

  public boolean isDirectory() {
    return kind == Kind.DIRECTORY;
  }
}
