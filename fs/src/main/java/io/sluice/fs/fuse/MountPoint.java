package io.sluice.fs.fuse;

import static io.sluice.fs.fuse.MountException.Kind.BAD_MOUNT_POINT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory to mount at: there, empty, and free of what an earlier mount left behind. */
final class MountPoint {
  private static final Logger LOG = LoggerFactory.getLogger(MountPoint.class);

  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** Dead mounts on top of each other, as failed restarts leave them. */
  private static final int DEEPEST_PILE = 32;

  private MountPoint() {}

  /**
   * Says what is wrong with it, if anything; takes dead mounts of this program away.
   *
   * @return the name by which the kernel knows it
   */
  static String prepare(Path mountPoint, boolean mayHideFiles) throws MountException {
    try {
      takeDeadMountsAway(mountPoint);
      TimeLimit.within(
          LIMIT,
          "mount-point",
          () -> {
            check(mountPoint, mayHideFiles);
            return mountPoint;
          });
      return mountPoint.toRealPath().toString();
    } catch (TimeoutException e) {
      throw new MountException(
          BAD_MOUNT_POINT,
          mountPoint + " does not answer: something is mounted there that hangs: unmount it",
          e);
    } catch (RefusedException e) {
      throw new MountException(BAD_MOUNT_POINT, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new MountException(
          BAD_MOUNT_POINT, mountPoint + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static void takeDeadMountsAway(Path mountPoint) throws IOException, MountException {
    for (int i = 0; i < DEEPEST_PILE; i++) {
      Optional<MountEntry> there = MountTable.at(mountPoint).filter(MountEntry::isOurs);
      if (there.isEmpty()) return;
      if (!FileSystemProbe.isDisconnected(there.get().mountPoint()))
        throw new RefusedException(
            "%s is already a mount of %s: unmount it first (sluice umount %s)"
                .formatted(mountPoint, there.get().source(), mountPoint));
      Unmount.lazily(there.get().mountPoint());
      LOG.info("unmounted {} from {}: its process was gone", there.get().source(), mountPoint);
    }
  }

  private static void check(Path mountPoint, boolean mayHideFiles) throws IOException {
    if (!Files.exists(mountPoint))
      throw new RefusedException(
          mountPoint + " does not exist: make it first (mkdir -p " + mountPoint + ")");
    // Another mount there, a volume of a container for instance, is as good as a directory.
    try (var files = Files.newDirectoryStream(mountPoint)) {
      if (!mayHideFiles && files.iterator().hasNext())
        throw new RefusedException(notEmpty(mountPoint.toString()));
    } catch (NotDirectoryException _) {
      throw new RefusedException(mountPoint + " is not a directory: mount at an empty directory");
    }
  }

  static String notEmpty(String mountPoint) {
    return mountPoint + " is not empty: mount at an empty directory, or add -o nonempty";
  }

  /** A message that is complete as it is. */
  private static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }
}
