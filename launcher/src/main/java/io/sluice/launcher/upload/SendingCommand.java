package io.sluice.launcher.upload;

import io.sluice.launcher.bucket.NativeCiphers;
import io.sluice.launcher.bucket.ObjectAddress;
import io.sluice.launcher.bucket.OpenBucket;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.ProgressOption;
import io.sluice.launcher.cli.Stoppable;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Retry;
import io.sluice.upload.ResumableUpload;
import io.sluice.upload.SourceFile;
import io.sluice.upload.StateFile;
import io.sluice.upload.UploadState;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Mixin;

/** What {@code start} and {@code resume} share: they send, until it is done or a signal comes. */
abstract class SendingCommand extends UploadAction {
  @Mixin private StateOption state = new StateOption();

  @Mixin private SendingOptions sending = new SendingOptions();

  @Mixin private ProgressOption progress = new ProgressOption();

  final StateOption state() {
    return state;
  }

  final ResumableUpload.Settings settings() throws Failure {
    return sending.settings();
  }

  /** What is to be sent from where. */
  record Job(OpenBucket bucket, StateFile state, SourceFile file) {}

  /**
   * Sends what is missing. A signal ends it: what is on disk then is all that is needed, whatever
   * is still on its way.
   */
  final int send(Job job) throws Failure {
    NativeCiphers.prefer();
    ResumableUpload.Settings settings = settings();
    boolean isForProgram = isTyped("--json");
    try (var shown = new ShownUpload(progress, err(), isForProgram)) {
      var upload = new ResumableUpload(job.bucket().store(), settings, Retry.Waiting.REAL, shown);
      var isDone = new AtomicBoolean();
      Stoppable.Work work =
          _ -> {
            int code = send(job, upload, shown);
            isDone.set(true);
            return code;
          };
      int code = Stoppable.install().run("upload", work, _ -> {}, "");
      if (isDone.get()) return code;
      shown.takeAway();
      UploadState now = job.state().state();
      say(
          "stopped with %d of %d parts sent: go on with %s"
              .formatted(
                  now.parts().size(),
                  now.head().plan().parts(),
                  UploadFailure.resume(job.state().path())));
      return code;
    }
  }

  private static int send(Job job, ResumableUpload upload, ShownUpload shown) throws Failure {
    try {
      done(job, upload.run(job.state(), job.file()), shown);
      return ExitCode.OK.number();
    } catch (IOException e) {
      throw shown.failed(UploadFailure.of(job.bucket(), job.state(), e));
    }
  }

  private static void done(Job job, ObjectVersion made, ShownUpload shown) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("etag", made.tag());
    shown.done(new ObjectAddress(job.bucket().address(), made.key()).toString(), facts);
  }
}
