package io.sluice.fs.fuse;

import java.util.ArrayList;
import java.util.List;

/** libfuse without a kernel: writes down what it is told, and answers as it was set to. */
final class FakeLibFuse implements LibFuse {
  /** What a reply comes back with: -2 (ENOENT) is a caller that was interrupted. */
  int outcome;

  final List<String> replies = new ArrayList<>();

  private int replied(String reply) {
    replies.add(reply);
    return outcome;
  }

  @Override
  public int fuse_reply_err(long request, int errno) {
    return replied("error " + errno);
  }

  @Override
  public void fuse_reply_none(long request) {
    replied("none");
  }

  @Override
  public int fuse_reply_entry(long request, long entry) {
    return replied("entry");
  }

  @Override
  public int fuse_reply_attr(long request, long stat, double timeout) {
    return replied("attributes");
  }

  @Override
  public int fuse_reply_open(long request, long fileInfo) {
    return replied("opened");
  }

  @Override
  public int fuse_reply_buf(long request, long bytes, long size) {
    return replied("bytes " + size);
  }

  @Override
  public int fuse_reply_statfs(long request, long statvfs) {
    return replied("statfs");
  }

  @Override
  public int fuse_reply_xattr(long request, long size) {
    return replied("length " + size);
  }

  @Override
  public int fuse_opt_add_arg(long args, byte[] argument) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void fuse_opt_free_args(long args) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long fuse_mount(byte[] mountPoint, long args) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long fuse_lowlevel_new(long args, long operations, long size, long userData) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void fuse_session_add_chan(long session, long channel) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int fuse_session_loop(long session) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void fuse_session_exit(long session) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void fuse_session_destroy(long session) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int fuse_chan_fd(long channel) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void fuse_chan_destroy(long channel) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long fuse_add_direntry(
      long request, long into, long room, byte[] name, long stat, long nextOffset) {
    throw new UnsupportedOperationException();
  }
}
