package io.sluice.fs.fuse;

import static io.sluice.fs.fuse.MountException.Kind.BAD_MOUNT_POINT;
import static io.sluice.fs.fuse.MountException.Kind.FAILED;
import static io.sluice.fs.fuse.MountException.Kind.NOT_PERMITTED;
import static io.sluice.fs.fuse.MountException.Kind.NO_LIBFUSE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * libfuse's side of one mount: the descriptor of the device and the session over it. No signal
 * handlers: SIGTERM and SIGINT are the JVM's.
 */
final class Session implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  /** struct fuse_args: a count, a vector, whether the vector is libfuse's. */
  private static final long ARGS_SIZE = 24;

  private final LibFuse library;
  private final long pointer;
  private final Operations operations;

  /**
   * The device once more. fusermount, on auto_unmount, wakes when its socket to us closes, and
   * leaves the mount alone if the connection is not dead at that very moment (under load: one kill
   * in ten). An ending process gives up what it opened last first, so this has to come after the
   * socket.
   */
  private final int secondDescriptor;

  private Session(LibFuse library, long pointer, Operations operations, int secondDescriptor) {
    this.library = library;
    this.pointer = pointer;
    this.operations = operations;
    this.secondDescriptor = secondDescriptor;
  }

  /**
   * Mounts, and makes a session of it; leaves nothing mounted where it fails. The operations are
   * closed with it, and kept from the garbage collector as long as a thread is in its loop.
   */
  static Session mount(
      LibFuse library, String mountPoint, List<String> options, Operations operations)
      throws MountException {
    try (var arena = Arena.ofConfined();
        var stderr = NativeStderr.capture()) {
      long args = arena.allocate(ARGS_SIZE, 8).address();
      library.fuse_opt_add_arg(args, argument("sluice"));
      library.fuse_opt_add_arg(args, argument("-o" + String.join(",", options)));
      try {
        long channel = library.fuse_mount(Libc.path(mountPoint), args);
        if (channel == 0) throw refused(mountPoint, stderr.text());
        long session = library.fuse_lowlevel_new(args, operations.address(), operations.size(), 0);
        if (session == 0) {
          library.fuse_chan_destroy(channel);
          Unmount.lazily(mountPoint);
          throw refused(mountPoint, stderr.text());
        }
        library.fuse_session_add_chan(session, channel);
        String said = stderr.text();
        if (!said.isEmpty()) LOG.warn("libfuse: {}", said);
        return new Session(library, session, operations, Libc.C.dup(library.fuse_chan_fd(channel)));
      } finally {
        library.fuse_opt_free_args(args);
      }
    }
  }

  private static byte[] argument(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return Arrays.copyOf(bytes, bytes.length + 1);
  }

  private static MountException refused(String mountPoint, String said) {
    if (said.contains("exec fusermount"))
      return new MountException(
          NO_LIBFUSE, "fusermount is missing: install it (Debian: apt-get install fuse3)");
    if (said.contains("user_allow_other"))
      return new MountException(NOT_PERMITTED, FuseDevice.ALLOW_OTHER_IS_OFF);
    if (said.contains("no write access"))
      return new MountException(
          BAD_MOUNT_POINT,
          mountPoint + " is not writable for this user: mount at a directory of your own");
    if (said.contains("not empty"))
      return new MountException(BAD_MOUNT_POINT, MountPoint.notEmpty(mountPoint));
    if (said.contains("not permitted") || said.contains("ermission denied"))
      return new MountException(
          NOT_PERMITTED,
          "may not mount at "
              + mountPoint
              + " ("
              + said
              + "): in a container, start it with --device /dev/fuse --cap-add SYS_ADMIN;"
              + " otherwise own the mount point and have fusermount setuid root");
    return new MountException(
        FAILED,
        "cannot mount at "
            + mountPoint
            + ": "
            + (said.isEmpty() ? "libfuse gives no reason: see dmesg" : said));
  }

  /** Serves requests on the calling thread until the kernel ends the session. */
  void loop() {
    if (library.fuse_session_loop(pointer) < 0) LOG.warn("a loop of libfuse ended with an error");
    // The loop has just taken back that the session is over. Saying it again keeps libfuse from
    // complaining about answers that are still to come from other threads.
    library.fuse_session_exit(pointer);
  }

  /** Gives the device back. Only when no thread is in its loop any more. */
  @Override
  public void close() {
    library.fuse_session_destroy(pointer);
    if (secondDescriptor >= 0) Libc.C.close(secondDescriptor);
    operations.close();
  }
}
