package io.sluice.fs.fuse;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.fs.Attributes;
import io.sluice.fs.BucketFileSystem;
import io.sluice.fs.Errno;
import io.sluice.fs.FsException;
import io.sluice.fs.Opened;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The kernel's calls, as calls of {@link BucketFileSystem}. Inode numbers go through as they are: a
 * number stands for a path and a version, so the kernel has a page cache and a size for each
 * version of a file and cannot mix them.
 */
final class ReadOnlyCalls {
  private static final int W_OK = 2;

  private final BucketFileSystem fs;
  private final boolean isDirect;
  private final KnownDirectories directories = new KnownDirectories();

  ReadOnlyCalls(BucketFileSystem fs, boolean isDirect) {
    this.fs = fs;
    this.isDirect = isDirect;
  }

  /** A call on an inode that {@code fs} may have forgotten. */
  private interface InodeCall<T> {
    T on(long inode) throws FsException;
  }

  void lookup(Request request, long parent, long nameAt) throws FsException {
    String name = name(nameAt);
    Attributes found = onInode(parent, known -> fs.lookup(known, name));
    if (!found.isDirectory()) {
      request.entry(found);
      return;
    }
    directories.learned(found.inode(), parent, name);
    if (!request.entry(found)) directories.forget(found.inode(), 1);
  }

  void forget(Request request, long inode, long times) {
    directories.forget(inode, times);
    request.none();
  }

  void getattr(Request request, long inode, long infoAt) throws FsException {
    request.attributes(
        infoAt == 0 ? onInode(inode, fs::getattr) : fs.attributesOf(FileInfo.at(infoAt).handle()));
  }

  void open(Request request, long inode, long infoAt) throws FsException {
    FileInfo info = FileInfo.at(infoAt);
    if (info.wantsToWrite()) throw new FsException(Errno.EROFS, "opened for writing: " + inode);
    Opened opened = fs.open(inode);
    if (opened.attributes().inode() != inode) {
      // The name leads to another version by now. ESTALE makes the kernel walk the path again,
      // find the new version's number and open that; the caller notices nothing.
      fs.release(opened.handle());
      request.error(Errno.ESTALE);
      return;
    }
    info.setHandle(opened.handle());
    if (isDirect) info.bypassPageCache();
    else info.keepPageCache(); // The number is the version: what is cached for it stays right.
    if (!request.opened(info)) fs.release(opened.handle());
  }

  void read(Request request, long handle, long size, long offset) throws FsException {
    MemorySegment buffer = request.buffer(size);
    int count = fs.read(handle, offset, buffer.asSlice(0, size).asByteBuffer());
    request.bytes(buffer, count);
  }

  void release(Request request, long inode, long infoAt) {
    fs.release(FileInfo.at(infoAt).handle());
    request.done();
  }

  void opendir(Request request, long inode, long infoAt) throws FsException {
    FileInfo info = FileInfo.at(infoAt);
    long handle = onInode(inode, fs::opendir);
    info.setHandle(handle);
    if (!request.opened(info)) fs.releasedir(handle);
  }

  void readdir(Request request, long inode, long size, long offset, long infoAt)
      throws FsException {
    MemorySegment buffer = request.buffer(size);
    var filled = new DirectoryBuffer(request, buffer.address(), size);
    fs.readdir(FileInfo.at(infoAt).handle(), offset, filled::add);
    request.bytes(buffer, filled.length());
  }

  void releasedir(Request request, long inode, long infoAt) {
    fs.releasedir(FileInfo.at(infoAt).handle());
    request.done();
  }

  void statfs(Request request) {
    request.usage(fs.statfs());
  }

  void getxattr(Request request, long inode, long nameAt, long room) throws FsException {
    String name = name(nameAt);
    value(request, onInode(inode, known -> fs.getxattr(known, name)), room);
  }

  void listxattr(Request request, long inode, long room) throws FsException {
    var names = new ByteArrayOutputStream();
    for (String name : onInode(inode, fs::listxattr)) {
      names.writeBytes(name.getBytes(UTF_8));
      names.write(0);
    }
    value(request, names.toByteArray(), room);
  }

  void access(Request request, int mask) {
    if ((mask & W_OK) != 0) request.error(Errno.EROFS);
    else request.done();
  }

  void refuse(Request request) {
    request.error(Errno.EROFS);
  }

  /** With no room the caller asks for the length; too little is an error, not a part. */
  private static void value(Request request, byte[] value, long room) throws FsException {
    if (room == 0) {
      request.length(value.length);
      return;
    }
    if (value.length > room) throw new FsException(Errno.ERANGE, "no room for the value");
    MemorySegment buffer = request.buffer(value.length);
    buffer.asSlice(0, value.length).copyFrom(MemorySegment.ofArray(value));
    request.bytes(buffer, value.length);
  }

  private <T> T onInode(long inode, InodeCall<T> call) throws FsException {
    try {
      return call.on(inode);
    } catch (FsException e) {
      if (e.errno() != Errno.ESTALE || !isFoundAgain(inode)) throw e;
      return call.on(inode);
    }
  }

  /** Walks down to a directory from the root, so that {@code fs} knows it again. */
  private boolean isFoundAgain(long inode) throws FsException {
    var way = directories.wayTo(inode);
    if (way.isEmpty()) return false;
    long at = BucketFileSystem.ROOT;
    for (var step : way.get()) at = fs.lookup(at, step.name()).inode();
    return at == inode;
  }

  private static String name(long address) throws FsException {
    return NativeMemory.name(address)
        .orElseThrow(() -> new FsException(Errno.ENOENT, "a name that is not UTF-8"));
  }

  /** A page of directory entries as the kernel wants them. */
  private static final class DirectoryBuffer {
    private final Request request;
    private final long address;
    private final long size;
    private long length;

    DirectoryBuffer(Request request, long address, long size) {
      this.request = request;
      this.address = address;
      this.size = size;
    }

    boolean add(String name, Attributes attributes, long nextOffset) {
      byte[] bytes = name.getBytes(UTF_8);
      long taken =
          request.addEntry(
              address + length,
              size - length,
              Arrays.copyOf(bytes, bytes.length + 1),
              attributes,
              nextOffset);
      if (taken > size - length) return false;
      length += taken;
      return true;
    }

    long length() {
      return length;
    }
  }
}
