package io.sluice.launcher.upload;

import io.sluice.launcher.bucket.ObjectAddress;
import io.sluice.launcher.bucket.OpenBucket;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.TimeSpan;
import io.sluice.store.Part;
import io.sluice.store.PendingUpload;
import io.sluice.store.Retry;
import io.sluice.store.StoreException;
import io.sluice.store.UploadId;
import io.sluice.upload.ResumableUpload;
import io.sluice.upload.StateFile;
import io.sluice.upload.UploadListener;
import io.sluice.upload.UploadState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice upload abort}: ends an upload without an object, so that it costs no more. */
@Command(
    name = "abort",
    description = {
      "End an upload that is not to be completed: the store drops its parts, and the state file",
      "goes. Without a state file: uploads to --bucket and --key, the one with --upload-id, or",
      "those that began longer ago than --abort-older-than."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice upload abort --state-file up.state",
      "  sluice upload abort -b my-models -k llama/model.bin --upload-id 2~VmVyc2lvbg",
      "  sluice upload abort -b my-models -k llama/model.bin --abort-older-than 7d"
    })
public final class UploadAbort extends UploadAction {
  @Mixin private StateOption state = new StateOption();

  @Mixin private TargetOptions target = new TargetOptions();

  @Option(
      names = "--upload-id",
      paramLabel = "ID",
      description = "Which upload, as the store calls it: see status.")
  private @Nullable String uploadId;

  @Option(
      names = "--abort-older-than",
      paramLabel = "TIME",
      description = "All uploads to the key that began longer ago: 7d, 12h, or 0 for all.")
  private @Nullable TimeSpan age;

  @Override
  protected int run() throws Failure {
    if (state.given().isEmpty()) return abort(target.required());
    refuseBesideState("--bucket", "--key", "--upload-id", "--abort-older-than");
    return abort(state.required().toAbsolutePath());
  }

  private int abort(Path place) throws Failure {
    try (StateFile kept = StateFile.open(place)) {
      UploadState now = kept.state();
      String key = now.head().to().key();
      try (OpenBucket bucket = open(now.head().to(), 2)) {
        end(bucket, kept, key);
        say(
            "%s: %s, and %s is removed"
                .formatted(
                    new ObjectAddress(bucket.address(), key),
                    now.upload()
                        .map(upload -> "the upload %s is aborted".formatted(upload.id()))
                        .orElse("nothing was begun"),
                    place));
        return ExitCode.OK.number();
      }
    } catch (IOException e) {
      throw UploadFailure.of(place, e);
    }
  }

  private static void end(OpenBucket bucket, StateFile kept, String key) throws Failure {
    var settings = new ResumableUpload.Settings(1, Duration.ZERO);
    try {
      new ResumableUpload(bucket.store(), settings, Retry.Waiting.REAL, UploadListener.NONE)
          .abort(kept);
    } catch (IOException e) {
      throw bucket.failure(key, e);
    }
  }

  private int abort(ObjectAddress object) throws Failure {
    if (uploadId != null && age != null)
      throw Failure.usage("--upload-id or --abort-older-than: give one of them");
    try (OpenBucket bucket = OpenBucket.of(source(object.bucket(), 2), Retry.USUAL)) {
      try {
        for (UploadId upload : chosen(bucket, object)) {
          bucket.store().uploads().abort(upload);
          say("%s: the upload %s is aborted".formatted(object, upload.id()));
        }
        return ExitCode.OK.number();
      } catch (StoreException e) {
        throw bucket.failure(object.key(), e);
      }
    }
  }

  /** The one that is named, the only one, or all that are old enough: one at least. */
  private List<UploadId> chosen(OpenBucket bucket, ObjectAddress object)
      throws Failure, StoreException {
    if (uploadId != null) {
      var named = new UploadId(object.key(), uploadId);
      requireThere(bucket, object, named);
      return List.of(named);
    }
    List<PendingUpload> pending = PendingUploads.of(bucket, object.key());
    if (age != null) {
      var oldest = InstantSource.system().instant().minus(age.duration());
      List<UploadId> old =
          pending.stream()
              .filter(upload -> !upload.begun().isAfter(oldest))
              .map(PendingUpload::id)
              .toList();
      if (old.isEmpty()) throw none(object, "no upload is pending that is as old");
      return old;
    }
    if (pending.isEmpty()) throw none(object, "no upload is pending");
    if (pending.size() > 1)
      throw Failure.usage(
          "%s: %d uploads are pending: choose with --upload-id (%s), or with --abort-older-than"
              .formatted(object, pending.size(), PendingUploads.names(pending)));
    return List.of(pending.getFirst().id());
  }

  /**
   * An abort of what is not there is no error for a store. Who may not ask has to trust the name.
   */
  private static void requireThere(OpenBucket bucket, ObjectAddress object, UploadId upload)
      throws Failure, StoreException {
    try {
      List<Part> parts = bucket.store().uploads().parts(upload);
      // Some servers tell of an upload that is not there that it has no parts.
      if (parts.isEmpty()
          && PendingUploads.of(bucket, upload.key()).stream()
              .noneMatch(pending -> pending.id().equals(upload)))
        throw none(object, "no upload %s is pending: see status".formatted(upload.id()));
    } catch (StoreException.NotFound e) {
      Failure reason = bucket.failure(object.key(), e);
      if (reason.code() != ExitCode.NOT_FOUND) throw reason; // there is no bucket
      throw none(object, "no upload %s is pending: see status".formatted(upload.id()));
    } catch (StoreException.Denied | StoreException.Unsupported _) {
      // Who may only write has to be believed.
    }
  }

  private static Failure none(ObjectAddress object, String what) {
    return new Failure(ExitCode.NOT_FOUND, object + ": " + what, null);
  }
}
