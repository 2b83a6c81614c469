package io.sluice.launcher.upload;

import io.sluice.launcher.bucket.AttributeOptions;
import io.sluice.launcher.bucket.BucketSource;
import io.sluice.launcher.bucket.ObjectAddress;
import io.sluice.launcher.bucket.OpenBucket;
import io.sluice.launcher.cli.ByteSize;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.TextPath;
import io.sluice.store.Retry;
import io.sluice.upload.Destination;
import io.sluice.upload.SourceFile;
import io.sluice.upload.StateFile;
import io.sluice.upload.UploadHead;
import io.sluice.upload.UploadPlan;
import io.sluice.upload.UploadState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Begins an upload: all that can be wrong here is looked at before the bucket is asked. */
abstract class StartCommand extends SendingCommand {
  @Parameters(
      paramLabel = "FILE URL",
      arity = "0..2",
      description =
          "What to upload, and the object that it becomes: s3://bucket/key, gs://bucket/key,"
              + " s3+https://host/bucket/key or file:///directory/key.")
  private List<String> given = List.of();

  @Mixin private TargetOptions target = new TargetOptions();

  @Option(
      names = {"-f", "--file", "--file-to-upload"},
      paramLabel = "FILE",
      description = "What to upload.")
  private @Nullable Path file;

  @Option(
      names = {"--override-part-size", "--part-size"},
      paramLabel = "BYTES",
      description =
          "Size of each part, 5MiB to 5GiB, of which 10,000 have to do. Default: 16 MiB, or more"
              + " where 10,000 of them do not.")
  private @Nullable ByteSize partSize;

  @Mixin private AttributeOptions attributes = new AttributeOptions();

  @Override
  protected final int run() throws Failure {
    ObjectAddress object = object();
    Path path = file();
    Path place = state().required().toAbsolutePath();
    BucketSource source = source(object.bucket(), settings().parallelism() + 2);
    try (SourceFile opened = SourceFile.open(path)) {
      requireText(opened.path());
      UploadHead head = head(object, source, opened);
      try (StateFile state = StateFile.create(place, UploadState.begin(head))) {
        return send(source, state, opened);
      }
    } catch (IOException e) {
      throw UploadFailure.of(place, e);
    }
  }

  /** Where nothing was begun there is nothing to go on with. */
  private int send(BucketSource source, StateFile state, SourceFile opened)
      throws Failure, IOException {
    try (OpenBucket bucket = OpenBucket.of(source, Retry.USUAL)) {
      return send(new Job(bucket, state, opened));
    } catch (Failure e) {
      if (state.state().upload().isEmpty()) state.remove();
      throw e;
    }
  }

  private UploadHead head(ObjectAddress object, BucketSource source, SourceFile opened)
      throws Failure {
    try {
      OptionalLong given =
          partSize == null ? OptionalLong.empty() : OptionalLong.of(partSize.bytes());
      return new UploadHead(
          new Destination(
              KeptConnection.bucket(source), object.key(), KeptConnection.of(source, spec())),
          opened.path(),
          Optional.of(opened.identity()),
          UploadPlan.of(opened.identity().size(), given),
          attributes.attributes());
    } catch (IllegalArgumentException e) {
      throw Failure.usage(String.valueOf(e.getMessage()));
    }
  }

  /** The state names the file in characters: another name would not be found again. */
  private static void requireText(Path path) throws Failure {
    if (!TextPath.isText(path))
      throw new Failure(
          ExitCode.LOCAL, path + ": its name is no UTF-8, as that of a state is: rename it", null);
  }

  private ObjectAddress object() throws Failure {
    if (given.size() < 2) return target.required();
    if (given.size() > 2)
      throw Failure.usage("'%s' is too much: give FILE and URL".formatted(given.get(2)));
    if (isTyped("--bucket") || isTyped("--key"))
      throw Failure.usage("the object both as a URL and with --bucket and --key: give it once");
    return ObjectAddress.given(given.get(1)).requireKey();
  }

  private Path file() throws Failure {
    if (given.isEmpty() && file == null)
      throw Failure.usage("nothing to upload: give FILE and URL, or --file, --bucket and --key");
    if (!given.isEmpty() && file != null)
      throw Failure.usage("two files, %s and %s: give one".formatted(given.getFirst(), file));
    return file == null ? Path.of(given.getFirst()) : file;
  }
}
