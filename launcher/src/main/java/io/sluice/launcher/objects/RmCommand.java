package io.sluice.launcher.objects;

import io.sluice.launcher.bucket.BucketAddress;
import io.sluice.launcher.bucket.BucketHint;
import io.sluice.launcher.bucket.OpenBucket;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.ProgressLine;
import io.sluice.launcher.objects.Wanted.Extent;
import io.sluice.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice rm}: deletes objects. */
@Command(
    name = "rm",
    description =
        "Delete objects. One that is not there is deleted already. More than what is named by its"
            + " key is asked for first: on a terminal, else --yes has to be given.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice rm s3://my-models/old.bin s3://my-models/older.bin",
      "  sluice rm -r s3://my-models/llama-1            llama-1/..., and llama-1, but not"
          + " llama-13b",
      "  sluice rm --yes 'gs://my-models/tmp/*.part'",
      "  sluice rm -r --dry-run s3://my-models/tmp"
    })
public final class RmCommand extends BucketCommand {
  @Parameters(
      arity = "1..*",
      paramLabel = "URL",
      description =
          "What to delete: s3://bucket/key, gs://bucket/key or file:///directory/key. Globs have *,"
              + " ?, [..], and ** across slashes.")
  private List<String> urls = List.of();

  @Mixin private ReadingOptions reading = new ReadingOptions();

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean isAgreed;

  @Option(names = "--dry-run", description = "Delete nothing; print what would be.")
  private boolean isDryRun;

  @Option(
      names = "--md5",
      description = "With each object also the one in which s3gof3r keeps its MD5.")
  private boolean hasMd5;

  @Option(
      names = {"-c", "--concurrency"},
      paramLabel = "N",
      defaultValue = "16",
      description = "Requests at once. Default: ${DEFAULT-VALUE}")
  private int concurrency = 16;

  @Option(
      names = {"-q", "--quiet"},
      description = "Say only what went wrong.")
  private boolean isQuiet;

  @Override
  protected int run() throws Failure {
    int requests = Concurrency.of(concurrency);
    List<Wanted> wanted = new ArrayList<>();
    for (String url : urls) wanted.add(Wanted.of(url, reading.reading()));
    boolean asksFirst =
        !isAgreed && !isDryRun && wanted.stream().anyMatch(some -> some.extent() != Extent.ONE);
    if (asksFirst && !Confirmation.isPossible())
      throw Failure.usage("nobody can be asked without a terminal: give --yes, or --dry-run first");
    try (var buckets = new OpenBuckets()) {
      for (Wanted some : wanted) buckets.open(this, some.bucket(), requests);
      if (asksFirst && !isConfirmed(wanted, buckets)) {
        say("nothing is deleted");
        return ExitCode.OK.number();
      }
      return delete(wanted, buckets, requests);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.unexpected(e);
    }
  }

  private boolean isConfirmed(List<Wanted> wanted, OpenBuckets buckets)
      throws Failure, InterruptedException {
    var count = new Tally();
    for (Wanted some : wanted)
      if (some.extent() == Extent.ONE) count.done(0);
      else find(some, buckets.of(some.bucket()), object -> count.done(object.size()));
    try {
      return count.done() == 0
          || Confirmation.byTerminal(err())
              .isGiven(count.done(), count.bytes(), String.join(" ", urls));
    } catch (IOException e) {
      throw new Failure(ExitCode.LOCAL, "standard input cannot be read: give --yes", e);
    }
  }

  private int delete(List<Wanted> wanted, OpenBuckets buckets, int requests)
      throws Failure, InterruptedException {
    var line = new ProgressLine(err(), ProgressLine.forErrors(isQuiet), System.nanoTime());
    if (wanted.size() == 1 && wanted.getFirst().extent() == Extent.ONE && !isDryRun) {
      Wanted one = wanted.getFirst();
      deletion(buckets, one.bucket()).delete(one.address().key());
      return ExitCode.OK.number();
    }
    var tally = new Tally();
    try (var crew = new ObjectCrew("rm", requests)) {
      Optional<Failure> ending = Optional.empty();
      for (Wanted some : wanted) {
        Deletion deletion = deletion(buckets, some.bucket());
        Wanted.Taker taker =
            object -> crew.add(() -> delete(deletion, object.key(), object.size(), tally, line));
        try {
          if (some.extent() != Extent.ONE) find(some, buckets.of(some.bucket()), taker);
          else crew.add(() -> delete(deletion, some.address().key(), 0, tally, line));
        } catch (Failure e) {
          // Of several one that cannot be listed does not stop the others.
          if (wanted.size() == 1) ending = Optional.of(e);
          else failed(e, tally, line);
        }
      }
      crew.finish(); // what was found is deleted, whatever was not
      if (ending.isPresent()) throw ending.get();
    }
    if (tally.failed() > 0) {
      line.takeAway();
      throw new Failure(
          tally.code(),
          "%d of %d objects are not deleted: see above"
              .formatted(tally.failed(), tally.failed() + tally.done()),
          null);
    }
    line.end("%d objects %s".formatted(tally.done(), isDryRun ? "would be deleted" : "deleted"));
    return ExitCode.OK.number();
  }

  private void delete(Deletion deletion, String key, long size, Tally tally, ProgressLine line) {
    try {
      if (isDryRun) deletion.print(key, out());
      else deletion.delete(key);
      tally.done(size);
      line.show(tally.done() + " objects deleted", System.nanoTime());
    } catch (Failure e) {
      failed(e, tally, line);
    }
  }

  private static void failed(Failure e, Tally tally, ProgressLine line) {
    tally.failed(e.code());
    line.say(e.line());
  }

  private Deletion deletion(OpenBuckets buckets, BucketAddress bucket) {
    return new Deletion(buckets.of(bucket), hasMd5);
  }

  private static void find(Wanted wanted, OpenBucket bucket, Wanted.Taker taker)
      throws Failure, InterruptedException {
    try {
      wanted.find(bucket.store(), taker);
    } catch (StoreException e) {
      throw BucketHint.failure(bucket.address(), e);
    }
  }
}
