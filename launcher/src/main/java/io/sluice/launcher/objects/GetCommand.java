package io.sluice.launcher.objects;

import io.sluice.launcher.bucket.BucketAddress;
import io.sluice.launcher.bucket.OpenBucket;
import io.sluice.launcher.cli.ByteSize;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.LoggedAction;
import io.sluice.launcher.cli.ProgressOption;
import io.sluice.launcher.cli.Stoppable;
import io.sluice.launcher.cli.TransferProgress;
import io.sluice.store.transfer.Download;
import io.sluice.store.transfer.Expecting;
import io.sluice.store.transfer.SumsOfParts;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice get}: one object, fast, to a file or a pipe. */
@Command(
    name = "get",
    description = {
      "Fetch an object by many requests at once, in order to a pipe, or as a file that is there",
      "complete or not at all. All bytes are of one version, and are compared with the checksum"
          + " that",
      "the store or s3gof3r keeps of it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice get s3://my-bucket/backup.tar | tar x",
      "  sluice get s3://my-models/llama.gguf llama.gguf",
      "  sluice get -b my-bucket -k backup.tar -p backup.tar       as s3gof3r has it"
    })
public final class GetCommand extends LoggedAction {
  @Parameters(
      paramLabel = "OBJECT [FILE]",
      arity = "0..2",
      hideParamSyntax = true,
      description =
          "The object's URL, or its key with --bucket; then the file, or - for the standard output,"
              + " which is the default.")
  private List<String> arguments = List.of();

  @Mixin private ObjectOptions objects = new ObjectOptions();

  @Option(
      names = {"-s", "--range-size", "--partsize"},
      paramLabel = "SIZE",
      description =
          "Bytes per request, 64K to 1G. A pipe keeps up to concurrency + 2 of them in memory."
              + " Default: 32M, less where there are more than 8 requests at once.")
  private @Nullable ByteSize rangeSize;

  @Option(
      names = {"-v", "--version-id", "--versionId"},
      paramLabel = "ID",
      description = "This version, in a bucket of S3 that keeps versions.")
  private @Nullable String versionId;

  @Option(
      names = {"--no-verify", "--no-md5", "--md5Check-off"},
      description = "Compare with no checksum.")
  private boolean isUnverified;

  @Mixin private TransferOptions transfer = new TransferOptions();

  @Mixin private ProgressOption shown = new ProgressOption();

  @Override
  protected int run() throws Failure {
    ObjectOptions.Chosen chosen = objects.objectFirst(arguments);
    Download.Limits limits = StreamLimits.ofGet(transfer.concurrency(), rangeSize, chosen.heap());
    return Stoppable.install()
        .run(
            "get",
            _ -> {
              try (OpenBucket bucket =
                  transfer.open(
                      chosen.object().bucket(), environment(), Optional.ofNullable(versionId))) {
                return get(bucket, chosen, limits);
              }
            },
            this::say,
            chosen.file().isPresent() ? "nothing was written" : "the output is not complete");
  }

  private int get(OpenBucket bucket, ObjectOptions.Chosen chosen, Download.Limits limits)
      throws Failure {
    String key = chosen.object().key();
    try (TransferProgress progress = shown.start("get", err())) {
      try {
        var verification =
            new Verification(
                object -> progress.total(object.meta().size()),
                isUnverified ? new Expecting[0] : places(bucket));
        var getting = new Getting(bucket.store(), limits, verification, progress);
        getting.run(chosen.object(), chosen.file());
        return 0;
      } catch (IOException e) {
        throw progress.failed(bucket.failure(key, e));
      }
    }
  }

  private Expecting[] places(OpenBucket bucket) {
    if (!(bucket.address() instanceof BucketAddress.S3 s3))
      return new Expecting[] {Expecting.WHAT_THE_STORE_KEEPS};
    // s3gof3r's MD5 is that of the latest version.
    if (versionId != null)
      return new Expecting[] {Expecting.WHAT_THE_STORE_KEEPS, new SumsOfParts(bucket.store())};
    var sums = new GofrSums(s3.bucket(), bucket.store(), (key, since) -> besides(s3, key, since));
    return new Expecting[] {Expecting.WHAT_THE_STORE_KEEPS, new SumsOfParts(bucket.store()), sums};
  }

  /** From the bucket where s3gof3r keeps its sums, by its documents. */
  private Optional<byte[]> besides(BucketAddress.S3 s3, String key, Instant since)
      throws IOException {
    var neighbour = new BucketAddress.S3(s3.bucket() + ".md5", "", s3.endpoint(), s3.profile());
    try (OpenBucket bucket = transfer.openOnce(neighbour, environment())) {
      return GofrSums.read(bucket.store(), key, since);
    } catch (Failure e) {
      return Optional.empty(); // no name for a bucket
    }
  }
}
