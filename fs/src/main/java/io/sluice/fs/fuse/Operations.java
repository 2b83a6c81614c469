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
  private static final List<String> FIELDS =
      List.of(
          """
          init destroy lookup forget getattr setattr readlink mknod mkdir unlink rmdir symlink
          rename link open read write flush release fsync opendir readdir releasedir fsyncdir
          statfs setxattr getxattr listxattr removexattr access create getlk setlk bmap ioctl poll
          write_buf retrieve_reply forget_multi flock fallocate
          """
              .strip()
              .split("\\s+"));

  /** Everything that changes something. (The kernel refuses most of it before it comes to us.) */
  private static final List<String> REFUSED =
      List.of(
          "setattr",
          "mknod",
          "mkdir",
          "unlink",
          "rmdir",
          "symlink",
          "rename",
          "link",
          "write",
          "setxattr",
          "removexattr",
          "create",
          "fallocate");

  /** Threads that reads cannot take: enough for several shells at once. */
  private static final int KEPT_FREE = 8;

  private interface Work {
    void on(Request request) throws FsException;
  }

  private final LibFuse library;
  private final ReadOnlyCalls calls;
  private final Loops loops;
  private final ReadTurns reads = new ReadTurns(Loops.AT_MOST - KEPT_FREE);
  private final CountDownLatch ready = new CountDownLatch(1);
  private final Arena arena = Arena.ofShared();
  private final MemorySegment table = arena.allocate(ValueLayout.JAVA_LONG, FIELDS.size());

  /** jnr-ffi frees a callback that nobody refers to. */
  private final List<Object> kept = new ArrayList<>();

  Operations(LibFuse library, ReadOnlyCalls calls, Loops loops) {
    this.library = library;
    this.calls = calls;
    this.loops = loops;
    fill();
  }

  private void fill() {
    put("init", Upcalls.Init.class, (_, _) -> ready.countDown());
    three("lookup", calls::lookup);
    three("forget", calls::forget);
    three("getattr", calls::getattr);
    three("open", calls::open);
    put("read", Upcalls.Five.class, this::read);
    three("release", calls::release);
    three("opendir", calls::opendir);
    five("readdir", calls::readdir);
    three("releasedir", calls::releasedir);
    bare("statfs", calls::statfs);
    put(
        "getxattr",
        Upcalls.Four.class,
        (r, inode, a, b) -> serve("getxattr", r, request -> calls.getxattr(request, inode, a, b)));
    three("listxattr", calls::listxattr);
    put(
        "access",
        Upcalls.Mask.class,
        (r, _, mask) -> serve("access", r, request -> calls.access(request, mask)));
    for (String field : REFUSED) bare(field, calls::refuse);
  }

  private void read(long pointer, long inode, long size, long offset, long infoAt) {
    // Taken now: the structure is gone when this callback returns, which may be before its turn.
    long handle = FileInfo.at(infoAt).handle();
    reads.run(() -> serve("read", pointer, r -> calls.read(r, handle, size, offset)));
  }

  private interface Three {
    void on(Request request, long inode, long a) throws FsException;
  }

  private interface Five {
    void on(Request request, long inode, long a, long b, long c) throws FsException;
  }

  private void bare(String field, Work call) {
    put(field, Upcalls.Bare.class, r -> serve(field, r, call));
  }

  private void three(String field, Three call) {
    put(
        field,
        Upcalls.Three.class,
        (r, inode, a) -> serve(field, r, request -> call.on(request, inode, a)));
  }

  private void five(String field, Five call) {
    put(
        field,
        Upcalls.Five.class,
        (r, inode, a, b, c) -> serve(field, r, request -> call.on(request, inode, a, b, c)));
  }

  private <T> void put(String field, Class<T> shape, T callback) {
    Pointer pointer =
        Runtime.getSystemRuntime().getClosureManager().getClosurePointer(shape, callback);
    kept.add(callback);
    kept.add(pointer);
    table.setAtIndex(ValueLayout.JAVA_LONG, FIELDS.indexOf(field), pointer.address());
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
