package io.sluice.launcher.objects;

import io.sluice.launcher.bucket.BucketAddress;
import io.sluice.launcher.bucket.ObjectAddress;
import io.sluice.launcher.cli.TransferProgress;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.transfer.Download;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One object on its way to a file or a pipe. */
final class Getting {
  private final Download download;
  private final Verification verification;
  private final TransferProgress progress;

  Getting(
      ObjectStore store,
      Download.Limits limits,
      Verification verification,
      TransferProgress progress) {
    this.download = new Download(store, limits, verification, progress);
    this.verification = verification;
    this.progress = progress;
  }

  /** To a file, or to the standard output; says at the end what became of it. */
  void run(ObjectAddress object, Optional<Path> file) throws IOException {
    ObjectVersion version =
        file.isPresent() ? toFile(object.key(), file.get()) : toOutput(object.key());
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(tagName(object.bucket()), version.tag());
    facts.put("checksum", verification.compared());
    progress.done(object.toString(), facts);
  }

  private ObjectVersion toFile(String key, Path file) throws IOException {
    if (Files.isDirectory(file))
      throw new IOException(file + " is a directory: name the file that the object is to be");
    if (!Files.exists(file) || Files.isRegularFile(file)) return download.file(key, file);
    try (WritableByteChannel out = StandardStreams.output(file)) {
      return download.stream(key, out);
    }
  }

  private ObjectVersion toOutput(String key) throws IOException {
    try (WritableByteChannel out = StandardStreams.output()) {
      return download.stream(key, out);
    }
  }

  /** What the store calls a version. */
  static String tagName(BucketAddress bucket) {
    return switch (bucket) {
      case BucketAddress.S3 _ -> "etag";
      case BucketAddress.Gcs _ -> "generation";
      case BucketAddress.Local _ -> "version";
    };
  }
}
