package io.sluice.cache;

import java.io.IOException;
import java.nio.file.Path;

/** Gives the disk space of a part of a file back: fallocate(2), which Java has no call for. */
final class HolePunch {
  private static final int KEEP_SIZE_AND_PUNCH_HOLE = 1 | 2;

  private HolePunch() {}

  /**
   * Afterwards the range reads as zeros and takes no space; the file keeps its length.
   *
   * @throws IOException where the file system cannot do that (EOPNOTSUPP) or failed
   */
  static void punch(Path file, long offset, long length) throws IOException {
    int fd = Libc.open(file, Libc.READ_WRITE);
    try {
      Libc.fallocate(fd, KEEP_SIZE_AND_PUNCH_HOLE, offset, length, file);
    } finally {
      Libc.close(fd);
    }
  }
}
