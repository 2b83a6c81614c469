package io.sluice.fs;

import org.jspecify.annotations.Nullable;

/** A call of the file system that failed, with the errno that the caller gets to see. */
public final class FsException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Errno errno;

  public FsException(Errno errno, String message) {
    this(errno, message, null);
  }

  public FsException(Errno errno, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.errno = errno;
  }

  public Errno errno() {
    return errno;
  }
}
