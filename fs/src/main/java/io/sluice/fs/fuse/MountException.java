package io.sluice.fs.fuse;

import org.jspecify.annotations.Nullable;

/** Why mounting or unmounting did not work; the message is one line: what is wrong, what to do. */
public final class MountException extends Exception {
  private static final long serialVersionUID = 1L;

  /** By what the user has to change. */
  public enum Kind {
    /** No /dev/fuse that we could open. */
    NO_FUSE_DEVICE,
    /** libfuse 2 is not installed, or cannot be loaded. */
    NO_LIBFUSE,
    /** This user may not mount, or not for others. */
    NOT_PERMITTED,
    /** Missing, not a directory, not empty, taken. */
    BAD_MOUNT_POINT,
    /** An option that we do not know or cannot keep. */
    BAD_OPTION,
    /** Nothing of ours is mounted where it was to be unmounted. */
    NOT_MOUNTED,
    /** In use, so that it could not be unmounted in time. */
    BUSY,
    /** Anything else; the message holds what the system said. */
    FAILED
  }

  private final Kind kind;

  public MountException(Kind kind, String message) {
    this(kind, message, null);
  }

  public MountException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
