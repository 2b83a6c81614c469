package io.sluice.fs.fuse;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Asks a mounted file system whether anybody is behind it. */
final class FileSystemProbe {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** struct statfs has 120 bytes on 64-bit Linux; room for any. */
  private static final int STATFS_ROOM = 512;

  private FileSystemProbe() {}

  /** Whether the process behind a FUSE mount is gone; false where it merely takes too long. */
  static boolean isDisconnected(String mountPoint) throws IOException {
    try {
      // Not stat: the kernel may still know the root's attributes. statfs is asked each time.
      return TimeLimit.within(LIMIT, "statfs", () -> statfs(mountPoint)) == Libc.ENOTCONN;
    } catch (TimeoutException _) {
      return false;
    }
  }

  private static int statfs(String mountPoint) {
    return Libc.C.statfs(Libc.path(mountPoint), new byte[STATFS_ROOM]) == 0 ? 0 : Libc.errno();
  }
}
