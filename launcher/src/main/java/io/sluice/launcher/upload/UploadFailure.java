package io.sluice.launcher.upload;

import io.sluice.launcher.bucket.BucketHint;
import io.sluice.launcher.bucket.OpenBucket;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.OneLine;
import io.sluice.store.StoreException;
import io.sluice.upload.StateFile;
import io.sluice.upload.UploadException;
import io.sluice.upload.UploadState;
import java.io.IOException;
import java.nio.file.Path;

/** What somebody can do about an upload that ended: the command to go on with, above all. */
final class UploadFailure {
  private UploadFailure() {}

  /** Before there is a state, or where it cannot be had. */
  static Failure of(Path state, IOException e) {
    if (!(e instanceof UploadException reason))
      return new Failure(ExitCode.LOCAL, OneLine.of(String.valueOf(e.getMessage())), e);
    return switch (reason) {
      case UploadException.BadState _ -> failure(ExitCode.STATE, e, "check --state-file");
      case UploadException.Exists _ ->
          failure(
              ExitCode.STATE,
              e,
              "if it is of an upload go on with %s, else give another --state-file"
                  .formatted(resume(state)));
      case UploadException.InUse _ -> failure(ExitCode.IN_USE, e, "nothing was sent");
      case UploadException.FileChanged _ ->
          failure(
              ExitCode.CHANGED,
              e,
              "put it back as it was and go on with %s, or end it with %s and start again"
                  .formatted(resume(state), abort(state)));
      case UploadException.Gone _ ->
          failure(ExitCode.STATE, e, "take the state away with %s".formatted(abort(state)));
      case UploadException.WrongObject _ -> failure(ExitCode.DAMAGED, e, "no state is left");
    };
  }

  /** With a bucket, and a state that says how to go on. */
  static Failure of(OpenBucket bucket, StateFile state, IOException e) {
    UploadState now = state.state();
    if (e instanceof UploadException.FileChanged && now.upload().isEmpty())
      return failure(ExitCode.CHANGED, e, "nothing was written: start again");
    if (e instanceof UploadException) return of(state.path(), e);
    Failure reason =
        e instanceof StoreException.NotFound missing
            ? BucketHint.failure(bucket.address(), missing) // of uploads that are gone we know
            : bucket.failure(now.head().to().key(), e);
    if (now.upload().isEmpty()) return reason;
    return new Failure(
        reason.code(),
        "%s: %d of %d parts are there: go on with %s"
            .formatted(
                reason.line(), now.parts().size(), now.head().plan().parts(), resume(state.path())),
        e);
  }

  private static Failure failure(ExitCode code, IOException e, String advice) {
    return new Failure(code, OneLine.of(String.valueOf(e.getMessage())) + ": " + advice, e);
  }

  /** As it can be typed. */
  static String resume(Path state) {
    return "sluice upload resume --state-file " + quoted(state);
  }

  static String abort(Path state) {
    return "sluice upload abort --state-file " + quoted(state);
  }

  private static String quoted(Path path) {
    String text = path.toString();
    return text.matches("[A-Za-z0-9_@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
