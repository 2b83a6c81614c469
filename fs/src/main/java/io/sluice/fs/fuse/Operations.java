package io.sluice.fs.fuse;

import io.sluice.fs.Errno;
import io.sluice.fs.FsException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table of callbacks that libfuse gets, with one guard around each: nothing that is thrown
 * leaves it, and no request stays without an answer. Lives as long as the session that uses it.
 */
final class Operations implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Operations.class);

  /** The fields of struct fuse_lowlevel_ops, in their order. */
  private enum Slot {
    INIT, DESTROY, LOOKUP, FORGET, GETATTR, SETATTR, READLINK, MKNOD, MKDIR, UNLINK, RMDIR,
    SYMLINK, RENAME, LINK, OPEN, READ, WRITE, FLUSH, RELEASE, FSYNC, OPENDIR, READDIR, RELEASEDIR,
    FSYNCDIR, STATFS, SETXATTR, GETXATTR, LISTXATTR, REMOVEXATTR, ACCESS, CREATE, GETLK, SETLK,
    BMAP, IOCTL, POLL, WRITE_BUF, RETRIEVE_REPLY, FORGET_MULTI, FLOCK, FALLOCATE
  }

  /** Everything that changes something. (The kernel refuses most of it before it comes to us.) */
  private static final List<Slot> REFUSED =
      List.of(
          Slot.SETATTR, Slot.MKNOD, Slot.MKDIR, Slot.UNLINK, Slot.RMDIR, Slot.SYMLINK, Slot.RENAME,
          Slot.LINK, Slot.WRITE, Slot.SETXATTR, Slot.REMOVEXATTR, Slot.CREATE, Slot.FALLOCATE);

  private interface Work {
    void on(Request request) throws FsException;
  }

  private final LibFuse library;
  private final ReadOnlyCalls calls;
  private final Loops loops;
  private final CountDownLatch ready = new CountDownLatch(1);
  private final Arena arena = Arena.ofShared();
  private final MemorySegment table =
      arena.allocate(ValueLayout.JAVA_LONG, Slot.values().length);

  /** jnr-ffi frees a callback that nobody refers to. */
  private final List<Object> kept = new ArrayList<>();

  Operations(LibFuse library, ReadOnlyCalls calls, Loops loops) {
    this.library = library;
    this.calls = calls;
    this.loops = loops;
    fill();
  }

  private void fill() {
    put(Slot.INIT, Upcalls.Init.class, (_, _) -> ready.countDown());
    put(Slot.LOOKUP, Upcalls.Three.class, (r, parent, name) ->
        serve("lookup", r, request -> calls.lookup(request, parent, name)));
    put(Slot.FORGET, Upcalls.Three.class, (r, inode, times) ->
        serve("forget", r, request -> calls.forget(request, inode, times)));
    put(Slot.GETATTR, Upcalls.Three.class, (r, inode, info) ->
        serve("getattr", r, request -> calls.getattr(request, inode, info)));
    put(Slot.OPEN, Upcalls.Three.class, (r, inode, info) ->
        serve("open", r, request -> calls.open(request, inode, info)));
    put(Slot.READ, Upcalls.Five.class, (r, _, size, offset, info) ->
        serve("read", r, request -> calls.read(request, size, offset, info)));
    put(Slot.RELEASE, Upcalls.Three.class, (r, _, info) ->
        serve("release", r, request -> calls.release(request, info)));
    put(Slot.OPENDIR, Upcalls.Three.class, (r, inode, info) ->
        serve("opendir", r, request -> calls.opendir(request, inode, info)));
    put(Slot.READDIR, Upcalls.Five.class, (r, _, size, offset, info) ->
        serve("readdir", r, request -> calls.readdir(request, size, offset, info)));
    put(Slot.RELEASEDIR, Upcalls.Three.class, (r, _, info) ->
        serve("releasedir", r, request -> calls.releasedir(request, info)));
    put(Slot.STATFS, Upcalls.Bare.class, r -> serve("statfs", r, calls::statfs));
    put(Slot.GETXATTR, Upcalls.Four.class, (r, inode, name, room) ->
        serve("getxattr", r, request -> calls.getxattr(request, inode, name, room)));
    put(Slot.LISTXATTR, Upcalls.Three.class, (r, inode, room) ->
        serve("listxattr", r, request -> calls.listxattr(request, inode, room)));
    put(Slot.ACCESS, Upcalls.Mask.class, (r, _, mask) ->
        serve("access", r, request -> calls.access(request, mask)));
    for (Slot slot : REFUSED)
      put(slot, Upcalls.Bare.class, r -> serve(slot.name(), r, calls::refuse));
  }

  private <T> void put(Slot slot, Class<T> shape, T callback) {
    Pointer pointer =
        Runtime.getSystemRuntime().getClosureManager().getClosurePointer(shape, callback);
    kept.add(callback);
    kept.add(pointer);
    table.setAtIndex(ValueLayout.JAVA_LONG, slot.ordinal(), pointer.address());
  }

  /** Zero once the kernel has introduced itself: from then on it sends requests. */
  CountDownLatch ready() {
    return ready;
  }

  long address() {
    return table.address();
  }

  long size() {
    return table.byteSize();
  }

  /** The guard. An error number that somebody expects is no news; anything thrown by mistake is. */
  private void serve(String what, long pointer, Work work) {
    Request request = null;
    loops.enter();
    try {
      request = new Request(library, pointer, loops.scratch());
      work.on(request);
      if (!request.isAnswered()) throw new IllegalStateException("no answer");
    } catch (FsException e) {
      giveUp(request, pointer, e.errno());
      if (e.errno() != Errno.ENOENT && e.errno() != Errno.ENODATA)
        LOG.debug("{}: {} ({})", what, e.getMessage(), e.errno(), e.getCause());
    } catch (Throwable e) { // nothing may leave: jffi would answer with whatever is in a register
      giveUp(request, pointer, Errno.EIO);
      LOG.error("{} failed", what, e);
    } finally {
      loops.leave();
    }
  }

  private void giveUp(@Nullable Request request, long pointer, Errno errno) {
    if (request == null) library.fuse_reply_err(pointer, errno.number());
    else if (!request.isAnswered()) request.error(errno);
  }

  @Override
  public void close() {
    arena.close();
  }
}
