package io.sluice.fs.fuse;

import jnr.ffi.annotations.Delegate;

/**
 * The shapes of libfuse's callbacks: a request, then so many numbers, pointers and sizes. Public
 * for the classes that jnr-ffi makes of them; for nobody else.
 */
public interface Upcalls {
  /** {@code init}: no request, two pointers. */
  interface Init {
    @Delegate
    void call(long userData, long connection);
  }

  /** Callbacks of which only the request matters; what else they are passed is left alone. */
  interface Bare {
    @Delegate
    void call(long request);
  }

  /** (request, inode, a) */
  interface Three {
    @Delegate
    void call(long request, long inode, long a);
  }

  /** (request, inode, mask): an int leaves the upper half of its register undefined. */
  interface Mask {
    @Delegate
    void call(long request, long inode, int mask);
  }

  /** (request, inode, a, b) */
  interface Four {
    @Delegate
    void call(long request, long inode, long a, long b);
  }

  /** (request, inode, a, b, c) */
  interface Five {
    @Delegate
    void call(long request, long inode, long a, long b, long c);
  }
}
