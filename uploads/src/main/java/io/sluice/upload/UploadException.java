package io.sluice.upload;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Why an upload cannot go on, where it is neither the store nor the disk, by what can be done about
 * it. Whichever it is, the state and what was sent stay as they are.
 */
public abstract sealed class UploadException extends IOException {
  private static final long serialVersionUID = 1L;

  private UploadException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** There is no state, or nothing that is one. */
  public static final class BadState extends UploadException {
    private static final long serialVersionUID = 1L;

    BadState(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** There is a file already where a new state is to be. */
  public static final class Exists extends UploadException {
    private static final long serialVersionUID = 1L;

    Exists(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** Another process, or thread, works on this upload. */
  public static final class InUse extends UploadException {
    private static final long serialVersionUID = 1L;

    InUse(String message) {
      super(message, null);
    }
  }

  /** The file is not what was sent. */
  public static final class FileChanged extends UploadException {
    private static final long serialVersionUID = 1L;

    FileChanged(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The store knows no such upload any more: completed, aborted, or expired. */
  public static final class Gone extends UploadException {
    private static final long serialVersionUID = 1L;

    Gone(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The object is there, and is not made of the bytes that were sent. */
  public static final class WrongObject extends UploadException {
    private static final long serialVersionUID = 1L;

    WrongObject(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
