package io.sluice.fs.fuse;

import static io.sluice.fs.fuse.MountException.Kind.NOT_PERMITTED;
import static io.sluice.fs.fuse.MountException.Kind.NO_FUSE_DEVICE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Whether this machine lets this user mount a FUSE file system, before anything is tried. */
final class FuseDevice {
  static final String ALLOW_OTHER_IS_OFF =
      "allow-other and allow-root are for root only here: put the line user_allow_other into"
          + " /etc/fuse.conf, or leave the option out";

  private static final Path DEVICE = Path.of("/dev/fuse");
  private static final Path CONFIGURATION = Path.of("/etc/fuse.conf");

  private FuseDevice() {}

  static void check(Access access) throws MountException {
    check(DEVICE);
    if (access != Access.OWNER && !Libc.isRoot() && !allowsOthers(CONFIGURATION))
      throw new MountException(NOT_PERMITTED, ALLOW_OTHER_IS_OFF);
  }

  /** Opening it asks for nothing yet, and tells all there is to know. */
  static void check(Path device) throws MountException {
    try {
      FileChannel.open(device, READ, WRITE).close();
    } catch (NoSuchFileException e) {
      throw new MountException(
          NO_FUSE_DEVICE,
          device
              + " is missing: load the module (modprobe fuse); in a container, start it with"
              + " --device /dev/fuse --cap-add SYS_ADMIN",
          e);
    } catch (IOException e) {
      throw new MountException(
          NO_FUSE_DEVICE,
          device
              + " cannot be opened ("
              + e.getMessage()
              + "): make it readable and writable for this user; in a container, start it with"
              + " --device /dev/fuse --cap-add SYS_ADMIN",
          e);
    }
  }

  static boolean allowsOthers(Path configuration) {
    try (var lines = Files.lines(configuration, UTF_8)) {
      return lines.anyMatch(line -> line.strip().equals("user_allow_other"));
    } catch (IOException _) {
      // No configuration: then what it would allow is not allowed.
      return false;
    }
  }
}
