package io.sluice.fs.fuse;

import static io.sluice.fs.fuse.MountException.Kind.BUSY;
import static io.sluice.fs.fuse.MountException.Kind.FAILED;
import static io.sluice.fs.fuse.MountException.Kind.NOT_MOUNTED;
import static io.sluice.fs.fuse.MountException.Kind.NOT_PERMITTED;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Takes a mount of this program away, and waits until it is gone. */
public final class Unmount {
  private static final Duration PAUSE = Duration.ofMillis(50);

  private Unmount() {}

  /**
   * Unmounts, however the mount is: alive, or dead ("Transport endpoint is not connected").
   *
   * @param timeout how long to wait for those who use it to stop
   * @throws MountException where nothing of ours is mounted there, or it is still in use then
   */
  public static void unmount(Path mountPoint, Duration timeout) throws MountException {
    try {
      MountEntry entry = ours(mountPoint);
      if (FileSystemProbe.isDisconnected(entry.mountPoint())) lazily(entry.mountPoint());
      else patiently(entry, timeout);
      if (isThere(entry))
        throw new MountException(FAILED, mountPoint + " is still mounted: try again");
    } catch (IOException e) {
      throw new MountException(FAILED, "the mount table cannot be read: " + e.getMessage(), e);
    }
  }

  private static MountEntry ours(Path mountPoint) throws IOException, MountException {
    Optional<MountEntry> entry = MountTable.at(mountPoint);
    if (entry.isEmpty())
      throw new MountException(NOT_MOUNTED, "nothing is mounted at " + mountPoint);
    if (!entry.get().isOurs())
      throw new MountException(
          NOT_MOUNTED,
          "%s is a mount of another kind (%s): use umount"
              .formatted(mountPoint, entry.get().type()));
    return entry.get();
  }

  private static void patiently(MountEntry entry, Duration timeout)
      throws IOException, MountException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!isUnmounted(entry.mountPoint()) && isThere(entry)) {
      if (System.nanoTime() - deadline > 0)
        throw new MountException(
            BUSY,
            "%1$s is in use: stop what uses it (fuser -vm %1$s) and try again"
                .formatted(entry.mountPoint()));
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** Whether exactly this mount is in the table: another one may have taken its place. */
  static boolean isThere(MountEntry entry) throws IOException {
    return MountTable.read().contains(entry);
  }

  /**
   * Unmounts if nobody uses it.
   *
   * @return false where it is in use
   */
  static boolean isUnmounted(String mountPoint) throws MountException {
    return isDone(mountPoint, Libc.UMOUNT_NOFOLLOW, Fusermount.UNMOUNT);
  }

  /** Takes it out of the tree at once; files open in it stay open. */
  static void lazily(String mountPoint) throws MountException {
    if (!isDone(mountPoint, Libc.UMOUNT_NOFOLLOW | Libc.MNT_DETACH, Fusermount.DETACH))
      throw new MountException(BUSY, mountPoint + " is in use and cannot be detached");
  }

  /** Takes it out of the tree and ends the connection where we may: open files give errors. */
  static void byForce(String mountPoint) throws MountException {
    int flags = Libc.UMOUNT_NOFOLLOW | Libc.MNT_DETACH | Libc.MNT_FORCE;
    if (!isDone(mountPoint, flags, Fusermount.DETACH))
      throw new MountException(BUSY, mountPoint + " is in use and cannot be detached");
  }

  private static boolean isDone(String mountPoint, int flags, Fusermount instead)
      throws MountException {
    if (Libc.C.umount2(Libc.path(mountPoint), flags) == 0) return true;
    int errno = Libc.errno();
    return switch (errno) {
      case Libc.EBUSY -> false;
      // Nothing is mounted there: somebody else was faster.
      case Libc.EINVAL -> true;
      case Libc.EPERM -> instead.isDone(mountPoint);
      default ->
          throw new MountException(
              FAILED, "cannot unmount %s: errno %d".formatted(mountPoint, errno));
    };
  }

  /** The setuid helper that unmounts for whoever mounted. */
  private enum Fusermount {
    UNMOUNT("-u"),
    DETACH("-uz");

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final String option;

    Fusermount(String option) {
      this.option = option;
    }

    boolean isDone(String mountPoint) throws MountException {
      var run = HelperProgram.run(LIMIT, "fusermount", option, "--", mountPoint);
      if (run.exitCode() == 0) return true;
      if (run.output().contains("busy")) return false;
      throw new MountException(
          NOT_PERMITTED, "may not unmount %s: %s".formatted(mountPoint, run.output()));
    }
  }
}
