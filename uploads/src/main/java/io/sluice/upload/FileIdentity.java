package io.sluice.upload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

/**
 * By which a file is known to be what it was: who changes it changes its time, and who puts another
 * in its place changes the inode. Where one of them differs the bytes have to be looked at.
 *
 * @param size in bytes
 * @param modified as exactly as the file system has it
 * @param inode number within its file system
 */
public record FileIdentity(long size, Instant modified, long inode) {
  /** Of the file that has this path now. */
  public static FileIdentity of(Path file) throws IOException {
    Map<String, Object> found = Files.readAttributes(file, "unix:size,lastModifiedTime,ino");
    if (found.get("size") instanceof Long size
        && found.get("lastModifiedTime") instanceof FileTime modified
        && found.get("ino") instanceof Long inode)
      return new FileIdentity(size, modified.toInstant(), inode);
    throw new IOException(file + ": its file system tells neither time nor inode");
  }
}
