package io.sluice.fs.fuse;

import static io.sluice.fs.fuse.MountException.Kind.NO_LIBFUSE;

import jnr.ffi.LibraryLoader;
import jnr.ffi.annotations.In;

/**
 * The part of libfuse 2 that we call: its inode-level ("low-level") interface, with loops and
 * signal handling left to us. Pointers are numbers here, 0 for none. Public for the class that
 * jnr-ffi makes of it; for nobody else.
 *
 * <p>Not its path-level interface, which jnr-fuse binds: that one gives a path one node whatever
 * version is behind it, so the kernel keeps one page cache for all of them, and a reader of the old
 * version is served pages of the new one without asking us.
 */
public interface LibFuse {
  /** Appends to a {@code struct fuse_args} that started zeroed; -1 without memory. */
  int fuse_opt_add_arg(long args, @In byte[] argument);

  void fuse_opt_free_args(long args);

  /** Mounts; takes the options it knows out of the arguments. A channel, or 0. */
  long fuse_mount(@In byte[] mountPoint, long args);

  /** A session, or 0; complains about arguments it does not know. */
  long fuse_lowlevel_new(long args, long operations, long operationsSize, long userData);

  void fuse_session_add_chan(long session, long channel);

  /** Serves requests on this thread until the session ends; several threads may at once. */
  int fuse_session_loop(long session);

  void fuse_session_exit(long session);

  /** Frees the session, closes its channel and the descriptor of the device. */
  void fuse_session_destroy(long session);

  /** The descriptor of the device. */
  int fuse_chan_fd(long channel);

  /** Closes the descriptor: the kernel ends the connection where nobody else holds it. */
  void fuse_chan_destroy(long channel);

  // Each reply ends the request and frees it, also where it returns an error.

  int fuse_reply_err(long request, int errno);

  void fuse_reply_none(long request);

  int fuse_reply_entry(long request, long entry);

  int fuse_reply_attr(long request, long stat, double timeout);

  int fuse_reply_open(long request, long fileInfo);

  int fuse_reply_buf(long request, long bytes, long size);

  int fuse_reply_statfs(long request, long statvfs);

  int fuse_reply_xattr(long request, long size);

  /** Writes an entry where it fits; returns the room it takes in any case. */
  long fuse_add_direntry(
      long request, long into, long room, @In byte[] name, long stat, long nextOffset);

  static LibFuse load() throws MountException {
    try {
      // By its own name: "libfuse.so" comes with the development package only.
      return LibraryLoader.create(LibFuse.class).failImmediately().load("libfuse.so.2");
    } catch (UnsatisfiedLinkError e) {
      throw new MountException(
          NO_LIBFUSE,
          "libfuse.so.2 cannot be loaded: install it (Debian: apt-get install libfuse2 fuse3;"
              + " Ubuntu 24.04: libfuse2t64 fuse3)",
          e);
    }
  }
}
