package io.sluice.launcher;

import io.sluice.cache.CacheException;
import io.sluice.fs.fuse.MountException;
import io.sluice.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Why a command ends with another exit code than 0. The message is one line: what is wrong, and
 * what to do about it.
 */
final class Failure extends Exception {
  private static final long serialVersionUID = 1L;

  private final ExitCode code;

  Failure(ExitCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  ExitCode code() {
    return code;
  }

  static Failure usage(String message) {
    return new Failure(ExitCode.USAGE, message, null);
  }

  static Failure of(CacheException e) {
    return new Failure(ExitCode.DATA_DIR, text(e), e);
  }

  static Failure of(MountException e) {
    ExitCode code =
        switch (e.kind()) {
          case NO_FUSE_DEVICE, NO_LIBFUSE -> ExitCode.NO_FUSE;
          case NOT_PERMITTED, BAD_OPTION -> ExitCode.USAGE;
          case BAD_MOUNT_POINT, NOT_MOUNTED, BUSY -> ExitCode.MOUNT_POINT;
          case FAILED -> ExitCode.UNEXPECTED;
        };
    return new Failure(code, text(e), e);
  }

  /** What went wrong in asking a bucket, with the hint that fits where the store has none. */
  static Failure of(BucketAddress bucket, StoreException e) {
    String what = bucket + ": " + text(e);
    String hint =
        switch (e) {
          case StoreException.NotFound _ ->
              bucket instanceof BucketAddress.Local
                  ? "check the directory"
                  : "check the name, --endpoint-url and --region";
          case StoreException.Denied _ ->
              bucket instanceof BucketAddress.Local
                  ? "check its permissions"
                  : "check the credentials (environment, --profile, --no-sign-request for public"
                      + " buckets) and that they may list the bucket";
          case StoreException.Unavailable _, StoreException.Throttled _ ->
              "check the network and --endpoint-url, or try again later";
          case StoreException.Invalid _,
              StoreException.Unsupported _,
              StoreException.Changed _,
              StoreException.Conflict _,
              StoreException.TooLarge _,
              StoreException.RangeNotSatisfiable _ ->
              "check --endpoint-url, --region and --path-style";
        };
    return new Failure(ExitCode.BUCKET, what + ": " + hint, e);
  }

  /** Of something nobody thought of: what it is has to do. */
  static Failure unexpected(Throwable e) {
    return new Failure(
        ExitCode.UNEXPECTED, e + ": run it again with --log-level debug to see where", e);
  }

  private static String text(Throwable e) {
    return String.valueOf(e.getMessage());
  }

  /** The message, on one line. */
  String line() {
    return OneLine.of(text(this));
  }
}
