package io.sluice.launcher.cli;

import io.sluice.cache.CacheException;
import io.sluice.fs.fuse.MountException;
import org.jspecify.annotations.Nullable;

/**
 * Why a command ends with another exit code than 0. The message is one line: what is wrong, and
 * what to do about it.
 */
public final class Failure extends Exception {
  private static final long serialVersionUID = 1L;

  private final ExitCode code;

  public Failure(ExitCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public ExitCode code() {
    return code;
  }

  public static Failure usage(String message) {
    return new Failure(ExitCode.USAGE, message, null);
  }

  public static Failure of(CacheException e) {
    return new Failure(ExitCode.DATA_DIR, text(e), e);
  }

  public static Failure of(MountException e) {
    ExitCode code =
        switch (e.kind()) {
          case NO_FUSE_DEVICE, NO_LIBFUSE -> ExitCode.NO_FUSE;
          case NOT_PERMITTED, BAD_OPTION -> ExitCode.USAGE;
          case BAD_MOUNT_POINT, NOT_MOUNTED, BUSY -> ExitCode.MOUNT_POINT;
          case FAILED -> ExitCode.UNEXPECTED;
        };
    return new Failure(code, text(e), e);
  }

  /** Of something nobody thought of: what it is has to do. */
  public static Failure unexpected(Throwable e) {
    return new Failure(
        ExitCode.UNEXPECTED, e + ": run it again with --log-level debug to see where", e);
  }

  private static String text(Throwable e) {
    return OneLine.of(String.valueOf(e.getMessage()));
  }

  /** The message, on one line. */
  public String line() {
    return text(this);
  }
}
