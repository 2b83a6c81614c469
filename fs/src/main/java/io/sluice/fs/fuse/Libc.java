package io.sluice.fs.fuse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;

/**
 * The few calls of the C library that Java has no word for. Public for the class that jnr-ffi makes
 * of it; for nobody else. Each returns -1 where it failed, see {@link #errno()}.
 */
public interface Libc {
  /** Unmount without waiting for what is in use: gone from the tree at once. */
  int MNT_DETACH = 2;

  /** End the connection: whoever waits for an answer gets an error. */
  int MNT_FORCE = 1;

  /** Do not follow a symbolic link in the last place. */
  int UMOUNT_NOFOLLOW = 8;

  /** The other end of a pipe or a device does not make us wait. */
  int O_NONBLOCK = 2048;

  int O_CLOEXEC = 02000000;

  int EPERM = 1;
  int EBUSY = 16;
  int EINVAL = 22;
  int ENOTCONN = 107;

  Libc C = LibraryLoader.create(Libc.class).failImmediately().load("libc.so.6");

  int geteuid();

  int umount2(@In byte[] path, int flags);

  int statfs(@In byte[] path, @Out byte[] result);

  int dup(int fd);

  int dup2(int from, int to);

  int close(int fd);

  int pipe2(@Out int[] ends, int flags);

  long read(int fd, @Out byte[] into, long count);

  long write(int fd, @In byte[] from, long count);

  /** Why the last call of this thread failed. */
  static int errno() {
    return Runtime.getSystemRuntime().getLastError();
  }

  /** A path as C wants it. */
  static byte[] path(String path) {
    byte[] bytes = path.getBytes(UTF_8);
    return Arrays.copyOf(bytes, bytes.length + 1);
  }

  static boolean isRoot() {
    return C.geteuid() == 0;
  }
}
