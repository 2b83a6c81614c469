package io.sluice.fs.fuse;

import io.sluice.fs.Attributes;
import io.sluice.fs.Errno;
import io.sluice.fs.Usage;
import java.lang.foreign.MemorySegment;

/**
 * One request of the kernel, to be answered exactly once: libfuse frees it with the answer, and
 * whoever waits for it waits for ever where none is given. Used by one thread.
 */
final class Request {
  /**
   * In seconds, some years: a number stands for one version, whose attributes do not change. So
   * fstat of an open file shows its version long after its name leads to another one.
   */
  private static final double FILE_ATTRIBUTES_HOLD = 1e8;

  private static final double DIRECTORY_ATTRIBUTES_HOLD = 1;

  /** Names are asked for again after a second; how fresh the answer is, {@code fs} decides. */
  private static final double NAME_HOLDS = 1;

  private final LibFuse library;
  private final long pointer;
  private final Scratch scratch;
  private boolean isAnswered;

  Request(LibFuse library, long pointer, Scratch scratch) {
    this.library = library;
    this.pointer = pointer;
    this.scratch = scratch;
  }

  boolean isAnswered() {
    return isAnswered;
  }

  /**
   * At least {@code size} bytes to put an answer into, good until the answer is given. Native
   * memory, so that {@link #bytes} copies nothing in between.
   */
  MemorySegment buffer(long size) {
    return scratch.buffer(size);
  }

  void error(Errno errno) {
    error(errno.number());
  }

  void error(int number) {
    answering();
    library.fuse_reply_err(pointer, number);
  }

  /** Done, with nothing to tell. */
  void done() {
    error(0);
  }

  /** No answer is wanted at all. */
  void none() {
    answering();
    library.fuse_reply_none(pointer);
  }

  /** A name's inode. False where the caller was interrupted and does not know it now. */
  boolean entry(Attributes attributes) {
    long entry = scratch.entry(attributes, hold(attributes), NAME_HOLDS);
    answering();
    return library.fuse_reply_entry(pointer, entry) == 0;
  }

  void attributes(Attributes attributes) {
    long stat = scratch.stat(attributes);
    answering();
    library.fuse_reply_attr(pointer, stat, hold(attributes));
  }

  /** A handle. False where the caller was interrupted and will never release it. */
  boolean opened(FileInfo info) {
    answering();
    return library.fuse_reply_open(pointer, info.address()) == 0;
  }

  /** The first {@code count} bytes of a {@link #buffer}. */
  void bytes(MemorySegment buffer, long count) {
    answering();
    library.fuse_reply_buf(pointer, buffer.address(), count);
  }

  /** How many bytes a value has, to one who asked with no room for it. */
  void length(long length) {
    answering();
    library.fuse_reply_xattr(pointer, length);
  }

  void usage(Usage usage) {
    long statvfs = scratch.statvfs(usage);
    answering();
    library.fuse_reply_statfs(pointer, statvfs);
  }

  /**
   * Puts a directory entry into a buffer.
   *
   * @param into the address of its place
   * @return the room that it takes; more than {@code room} where it did not fit and is not there
   */
  long addEntry(long into, long room, byte[] name, Attributes attributes, long nextOffset) {
    long stat = scratch.stat(attributes);
    return library.fuse_add_direntry(pointer, into, room, name, stat, nextOffset);
  }

  private static double hold(Attributes attributes) {
    return attributes.isDirectory() ? DIRECTORY_ATTRIBUTES_HOLD : FILE_ATTRIBUTES_HOLD;
  }

  /** Before the call: it frees the request even if something goes wrong in it. */
  private void answering() {
    if (isAnswered) throw new IllegalStateException("answered twice");
    isAnswered = true;
  }
}
