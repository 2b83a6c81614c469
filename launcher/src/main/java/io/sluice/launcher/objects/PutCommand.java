package io.sluice.launcher.objects;

import io.sluice.launcher.bucket.AttributeOptions;
import io.sluice.launcher.bucket.OpenBucket;
import io.sluice.launcher.cli.ByteSize;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.LoggedAction;
import io.sluice.launcher.cli.ProgressOption;
import io.sluice.launcher.cli.Stoppable;
import io.sluice.launcher.cli.Stopping;
import io.sluice.launcher.cli.TransferProgress;
import io.sluice.store.Precondition;
import io.sluice.store.PutOptions;
import io.sluice.store.transfer.Upload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice put}: a stream or a file becomes one object, all of it or nothing. */
@Command(
    name = "put",
    description = {
      "Write what a pipe gives, or a file, as an object: parts go up while input still arrives,"
          + " each",
      "with its checksum. Whatever goes wrong, there is the whole object or none, and no part of"
          + " it",
      "is left in the bucket."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tar c directory | sluice put s3://my-bucket/backup.tar",
      "  sluice put model.gguf s3://my-models/model.gguf --if-absent",
      "  sluice put -b my-bucket -k backup.tar -p backup.tar       as s3gof3r has it"
    })
public final class PutCommand extends LoggedAction {
  @Parameters(
      paramLabel = "[FILE] OBJECT",
      arity = "0..2",
      hideParamSyntax = true,
      description =
          "The file, or - for the standard input, which is the default; then the object's URL, or"
              + " its key with --bucket.")
  private List<String> arguments = List.of();

  @Mixin private ObjectOptions objects = new ObjectOptions();

  @Option(
      names = {"-s", "--part-size", "--partsize"},
      paramLabel = "SIZE",
      description =
          "Bytes per part to begin with, 5M to 1G. Of a file as large as 10,000 parts need; of a"
              + " pipe doubling every 500 parts, so that 5T fit. Default: 16M")
  private @Nullable ByteSize partSize;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description =
          "For the parts of a pipe that are on their way. Given, it is the bound of what the pipe"
              + " can become: 144M are 1.2T, 512M 3.9T, 1G all of 5T. Default: concurrency + 1"
              + " parts, at most 128M or two parts; larger parts then go one at a time")
  private @Nullable ByteSize memory;

  @Option(names = "--if-absent", description = "Only where there is no such object yet.")
  private boolean ifAbsent;

  @Option(
      names = "--if-match",
      paramLabel = "ETAG",
      description = "Only where the object still is this version: its ETag, or its generation.")
  private @Nullable String ifMatch;

  @Option(
      names = {"--no-verify", "--no-md5", "--md5Check-off"},
      description = "Do not ask the store at the end what it made of the parts.")
  private boolean isUnverified;

  @Mixin private AttributeOptions attributes = new AttributeOptions();

  @Mixin private TransferOptions transfer = new TransferOptions();

  @Mixin private ProgressOption shown = new ProgressOption();

  @Override
  protected int run() throws Failure {
    ObjectOptions.Chosen chosen = objects.objectLast(arguments);
    Upload.Limits limits =
        StreamLimits.ofPut(transfer.concurrency(), partSize, memory, chosen.heap());
    var options = new PutOptions(precondition(), attributes.attributes());
    if (chosen.file().isPresent()) requireFile(chosen.file().get());
    return Stoppable.install()
        .run(
            "put",
            stop -> {
              try (OpenBucket bucket = transfer.open(chosen.object().bucket(), environment())) {
                return put(new Job(bucket, chosen, stop), limits, options);
              }
            },
            this::say,
            "nothing was written");
  }

  private Precondition precondition() throws Failure {
    if (ifAbsent && ifMatch != null)
      throw Failure.usage("--if-absent and --if-match contradict each other: give one of them");
    if (ifMatch == null) return ifAbsent ? Precondition.ABSENT : Precondition.NONE;
    String tag = ifMatch.replaceAll("^\"|\"$", "");
    if (tag.isEmpty()) throw Failure.usage("--if-match is empty: give the object's ETag");
    return new Precondition.Unchanged(tag);
  }

  /** Before anybody is asked: so that nothing is begun. */
  private static void requireFile(Path file) throws Failure {
    if (!Files.exists(file)) throw local(file + ": there is no such file");
    if (Files.isDirectory(file))
      throw local(file + " is a directory, and no object: send an archive of it (tar c) by a pipe");
    if (!Files.isReadable(file)) throw local(file + ": permission denied");
  }

  private static Failure local(String message) {
    return new Failure(ExitCode.LOCAL, message, null);
  }

  private record Job(OpenBucket bucket, ObjectOptions.Chosen chosen, Stopping stop) {}

  private int put(Job job, Upload.Limits limits, PutOptions options) throws Failure {
    ObjectOptions.Chosen chosen = job.chosen();
    try (TransferProgress progress = shown.start("put", err())) {
      try {
        new Putting(job.bucket().store(), limits, !isUnverified, progress, job.stop())
            .run(chosen.object(), chosen.file(), options);
        return 0;
      } catch (IOException e) {
        throw progress.failed(job.bucket().failure(chosen.object().key(), e));
      }
    }
  }
}
