package io.sluice.launcher.objects;

import io.sluice.launcher.bucket.AttributeOptions;
import io.sluice.launcher.cli.ByteSize;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.ProgressOption;
import io.sluice.launcher.cli.Stoppable;
import io.sluice.launcher.cli.TransferProgress;
import io.sluice.store.ObjectAttributes;
import io.sluice.store.Precondition;
import io.sluice.store.PutOptions;
import io.sluice.store.transfer.PartSizes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice cp}: copies objects and files. */
@Command(
    name = "cp",
    aliases = "copy",
    description =
        "Copy files to objects, objects to files, and objects to objects, also from S3 to Cloud"
            + " Storage and back. What is in one bucket, or in two of one S3 server, the server"
            + " copies itself. With -r what is below SRC comes to be below DST; of several SRC each"
            + " keeps its name.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice cp model.bin s3://my-models/llama/           llama/model.bin",
      "  sluice cp -r ./llama s3://my-models/llama           what is below: llama/config.json ...",
      "  sluice cp 's3://my-models/llama/*.json' /tmp/llama/",
      "  sluice cp -r --if-absent s3://my-models/llama gs://my-other-models/llama",
      "  sluice cp -m Content-Type:text/plain s3://b/readme s3://b/readme"
    })
public final class CpCommand extends BucketCommand {
  @Parameters(
      arity = "2..*",
      paramLabel = "SRC... DST",
      description =
          "Local paths, and s3://bucket/key, gs://bucket/key, s3+https://host/bucket/key,"
              + " file:///directory/key. Globs of objects have *, ?, [..], and ** across slashes.")
  private List<String> places = List.of();

  @Mixin private ReadingOptions reading = new ReadingOptions();

  @Option(
      names = "--if-absent",
      description = "Leave alone what is there already; exit code 12 if that is all.")
  private boolean isIfAbsent;

  @Option(names = "--dry-run", description = "Copy nothing; print what would be.")
  private boolean isDryRun;

  @Option(
      names = {"-c", "--concurrency"},
      paramLabel = "N",
      defaultValue = "16",
      description = "Objects at once, and requests of the large ones. Default: ${DEFAULT-VALUE}")
  private int concurrency = 16;

  @Option(
      names = {"-s", "--part-size", "--partsize"},
      paramLabel = "SIZE",
      description =
          "Of the parts in which files go up, 5M to 1G: more where 10,000 of them would not do."
              + " Default: 16M")
  private @Nullable ByteSize partSize;

  @Mixin private AttributeOptions attributes = new AttributeOptions();

  @Mixin private ProgressOption progress = new ProgressOption();

  @Override
  protected int run() throws Failure {
    int requests = Concurrency.of(concurrency);
    if (places.size() < 2) throw Failure.usage("no target: write cp SRC... DST");
    ObjectAttributes given = attributes.attributes();
    List<CopySource> sources = new ArrayList<>();
    for (String text : places.subList(0, places.size() - 1))
      sources.add(CopySource.of(text, reading.reading()));
    CopyDestination destination = CopyDestination.of(places.getLast());
    CopyDestination.require(sources, destination, !given.isEmpty());
    boolean isAlone = sources.size() == 1 && !sources.getFirst().isMany();
    CopyRequests shares = CopyRequests.of(requests, isAlone);
    var orders =
        new CopyWork.CopyOrders(
            new PutOptions(isIfAbsent ? Precondition.ABSENT : Precondition.NONE, given),
            shares.ofLarge(),
            new PartSizes(StreamLimits.partSize(partSize), PartSizes.USUAL.largest()));
    return Stoppable.install()
        .run(
            "cp",
            stop -> {
              try (var buckets = new CopyBuckets(this, sources, destination, shares.turns());
                  TransferProgress shown = progress.start("cp", err())) {
                var work = new CopyWork(orders, shown, shown::say, stop);
                var copying = new Copying(buckets, destination, work, shown, stop::hasCome);
                try {
                  return copying.run(sources, isDryRun ? out() : null, shares.objects());
                } catch (Failure e) {
                  throw shown.failed(e);
                }
              }
            },
            this::say,
            "what was under way is undone");
  }
}
