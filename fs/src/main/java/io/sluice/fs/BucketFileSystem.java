package io.sluice.fs;

import io.sluice.cache.ObjectOpener;
import io.sluice.store.ObjectStore;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;

/**
 * A bucket as a tree of files, read-only, spoken to in inodes and handles; knows of no transport.
 * Safe for use by many threads: no call holds up another that does not wait for the same request.
 */
@SuppressWarnings("DoNotCallSuggester") // until the next commit brings what is behind the door
public final class BucketFileSystem implements AutoCloseable {
  /** The inode number of the root. */
  public static final long ROOT = 1;

  private final String prefix;

  /**
   * Shows a bucket; asks it nothing yet.
   *
   * @param clock tells how old what is known is; must not step back, see {@link SteadyClock}
   */
  public BucketFileSystem(
      ObjectStore store, ObjectOpener opener, FsSettings settings, InstantSource clock) {
    this.prefix = settings.prefix();
  }

  /** What a name in a directory is. Puts its inode into the table, for the calls that take one. */
  public Attributes lookup(long parent, String name) throws FsException {
    throw missing(parent);
  }

  public Attributes getattr(long inode) throws FsException {
    throw missing(inode);
  }

  public Opened open(long inode) throws FsException {
    throw missing(inode);
  }

  public Attributes attributesOf(long handle) throws FsException {
    throw missing(handle);
  }

  public int read(long handle, long offset, ByteBuffer into) throws FsException {
    throw missing(handle);
  }

  public void release(long handle) {}

  public long opendir(long inode) throws FsException {
    throw missing(inode);
  }

  public void readdir(long handle, long offset, DirectorySink sink) throws FsException {
    throw missing(handle);
  }

  public void releasedir(long handle) {}

  public Usage statfs() {
    return Usage.ofABucket();
  }

  public List<String> listxattr(long inode) throws FsException {
    throw missing(inode);
  }

  public byte[] getxattr(long inode, String name) throws FsException {
    throw missing(inode);
  }

  @Override
  public void close() {}

  /** Shows nothing yet: a bucket in which no number stands for anything. */
  private FsException missing(long number) {
    return new FsException(Errno.ENOENT, prefix + ": nothing has the number " + number);
  }
}
