package io.sluice.launcher.upload;

import io.sluice.launcher.bucket.ObjectAddress;
import io.sluice.launcher.bucket.OpenBucket;
import io.sluice.launcher.cli.ByteSize;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.Json;
import io.sluice.store.Part;
import io.sluice.store.PendingUpload;
import io.sluice.store.Retry;
import io.sluice.store.StoreException;
import io.sluice.store.UploadId;
import io.sluice.upload.StateFile;
import io.sluice.upload.UploadState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice upload status}: how far an upload is, here and at the store. Changes nothing. */
@Command(
    name = "status",
    description = {
      "Say how far an upload is, and what the store has of it, where it may be asked. Without a",
      "state file: which uploads to --bucket and --key nobody has ended."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice upload status --state-file up.state",
      "  sluice upload status -b my-models -k llama/model.bin"
    })
final class UploadStatus extends UploadAction {
  @Mixin private StateOption state = new StateOption();

  @Mixin private TargetOptions target = new TargetOptions();

  @Option(names = "--json", description = "As JSON: sizes in bytes.")
  private boolean isJson;

  @Override
  protected int run() throws Failure {
    if (state.given().isEmpty()) return showPending(target.required());
    refuseBesideState("--bucket", "--key");
    return show(state.required().toAbsolutePath());
  }

  private int show(Path place) throws Failure {
    UploadState now;
    try {
      now = StateFile.read(place);
    } catch (IOException e) {
      throw UploadFailure.of(place, e);
    }
    try (OpenBucket bucket = open(now.head().to(), 2)) {
      tell(
          place,
          now,
          new ObjectAddress(bucket.address(), now.head().to().key()),
          atStore(bucket, now));
      return ExitCode.OK.number();
    }
  }

  private static String atStore(OpenBucket bucket, UploadState now) {
    if (now.upload().isEmpty()) return "nothing was begun";
    UploadId upload = now.upload().get();
    try {
      List<Part> parts = bucket.store().uploads().parts(upload);
      long bytes = parts.stream().mapToLong(Part::size).sum();
      return "%d parts, %s".formatted(parts.size(), new ByteSize(bytes));
    } catch (StoreException.NotFound e) {
      return "no such upload: completed, aborted or expired";
    } catch (StoreException e) {
      return "not known: " + e.getMessage();
    }
  }

  private void tell(Path place, UploadState now, ObjectAddress object, String atStore) {
    long size = now.head().plan().size();
    double percent = size == 0 ? 0 : 100.0 * now.bytes() / size;
    if (isJson) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("stateFile", place.toString());
      all.put("file", now.head().file().toString());
      all.put("object", object.toString());
      all.put("uploadId", now.upload().map(UploadId::id).orElse(""));
      all.put("bytes", now.bytes());
      all.put("size", size);
      all.put("parts", now.parts().size());
      all.put("partsAll", now.head().plan().parts());
      all.put("partSize", now.head().plan().partSize());
      all.put("percent", Math.round(percent * 10) / 10.0);
      all.put("atStore", atStore);
      out().println(Json.of(all));
      return;
    }
    out().println("file:     " + now.head().file());
    out().println("object:   " + object);
    out().println("upload:   " + now.upload().map(UploadId::id).orElse("not begun"));
    out()
        .println(
            String.format(
                Locale.ROOT,
                "sent:     %s of %s (%.1f %%), %d of %d parts",
                new ByteSize(now.bytes()),
                new ByteSize(size),
                percent,
                now.parts().size(),
                now.head().plan().parts()));
    out().println("at store: " + atStore);
  }

  private int showPending(ObjectAddress object) throws Failure {
    try (OpenBucket bucket = OpenBucket.of(source(object.bucket(), 2), Retry.USUAL)) {
      try {
        List<PendingUpload> pending = PendingUploads.of(bucket, object.key());
        List<Map<String, String>> rows = new ArrayList<>();
        for (PendingUpload upload : pending)
          rows.add(Map.of("uploadId", upload.id().id(), "begun", upload.begun().toString()));
        if (isJson) out().println(Json.of(rows));
        else pending.forEach(upload -> out().println(upload.begun() + "  " + upload.id().id()));
        return ExitCode.OK.number();
      } catch (StoreException e) {
        throw bucket.failure(object.key(), e);
      }
    }
  }
}
