package io.sluice.launcher.objects;

import io.sluice.cache.KeyPattern;
import io.sluice.launcher.bucket.BucketAddress;
import io.sluice.launcher.bucket.BucketHint;
import io.sluice.launcher.bucket.ObjectAddress;
import io.sluice.launcher.bucket.OpenBucket;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.ShownKey;
import io.sluice.store.StoreException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice ls}: what is in a bucket. */
@Command(
    name = "ls",
    description =
        "List objects: one level, with what is deeper as prefixes that end with a slash, or all"
            + " with -r. Page by page, so of a bucket of any size.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice ls s3://my-models                       the first level",
      "  sluice ls -h --summarize -r gs://my-models/llama",
      "  sluice ls 's3://my-models/llama/*.safetensors'",
      "  sluice ls -b my-models llama/ --json | jq .size",
      "  sluice ls -r --hidden s3://my-models           also what a mount cannot show"
    })
public final class LsCommand extends BucketCommand {
  private static final int REQUESTS = 16;

  @Parameters(
      arity = "0..1",
      paramLabel = "URL|PREFIX|GLOB",
      description =
          "s3://bucket[/prefix], gs://bucket[/prefix] or file:///directory/; with --bucket what is"
              + " below its prefix. Globs have *, ?, [..], and ** across slashes.")
  private @Nullable String wanted;

  @Option(
      names = {"-b", "--bucket", "--bucket-name"},
      paramLabel = "BUCKET",
      description = "The bucket, where no URL names one: a name or a URL.")
  private @Nullable BucketAddress bucket;

  @Option(
      names = {"-r", "--recursive"},
      description = "Everything below, not one level.")
  private boolean isRecursive;

  @Option(
      names = {"-h", "--human-readable"},
      description = "Sizes like 1.2 GiB.")
  private boolean isHuman;

  @Option(
      names = "--json",
      description = "One JSON object on each line: key, size, lastModified, version; or prefix.")
  private boolean isJson;

  @Option(names = "--tags", description = "The tags of each object, too: a request for each.")
  private boolean hasTags;

  @Option(
      names = "--hidden",
      description =
          "Also keys that have no file name in a mount: markers that end with a slash, a//b, .. and"
              + " their kin.")
  private boolean hasHidden;

  @Option(names = "--summarize", description = "How many there are, and their bytes, at the end.")
  private boolean isSummarized;

  @Option(
      names = "--no-glob",
      description = "Take *, ?, [ and \\ as they are: as a part of the prefix.")
  private boolean isLiteral;

  @Override
  protected int run() throws Failure {
    ObjectAddress address = asked();
    Optional<KeyPattern> glob = glob(address);
    try (OpenBucket opened = open(address.bucket(), REQUESTS)) {
      var rows = new ListedRows(isJson, isHuman, hasTags, out(), this::say);
      var listing = new Listing(opened.store(), rows, hasHidden);
      try {
        boolean isFound =
            glob.isPresent()
                ? listing.matching(glob.get())
                : listing.below(address.key(), isRecursive);
        if (!isFound && !address.key().isEmpty())
          throw new Failure(
              ExitCode.NOT_FOUND,
              "%s: no object %s: check it, or list what is above it"
                  .formatted(
                      ShownKey.of(address.toString()), glob.isPresent() ? "matches" : "is there"),
              null);
      } catch (StoreException e) {
        throw BucketHint.failure(opened.address(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw Failure.unexpected(e);
      }
      if (isSummarized) rows.summarize();
      rows.end();
      if (listing.hidden() > 0)
        say(
            "%d without a file name in a mount: --hidden lists them, too"
                .formatted(listing.hidden()));
      return ExitCode.OK.number();
    }
  }

  private ObjectAddress asked() throws Failure {
    List<String> servers = List.of("s3://", "gs://", "s3:", "gs:");
    if (wanted != null && servers.contains(wanted))
      throw Failure.usage(
          "%s names no bucket, and buckets are not listed here: your provider's own tool does that"
              .formatted(wanted));
    if (wanted != null && ObjectAddress.isOne(wanted)) {
      // Else the variable SLUICE_BUCKET, which is there for mounts, would forbid URLs.
      if (bucket != null && isTyped("--bucket"))
        throw Failure.usage("a bucket both in --bucket and in %s: give it once".formatted(wanted));
      return ObjectAddress.given(wanted);
    }
    if (bucket == null)
      throw Failure.usage("no bucket: give a URL like s3://bucket/prefix, or --bucket");
    String below = wanted == null ? "" : wanted;
    return new ObjectAddress(bucket.withPrefix(""), bucket.prefix() + below);
  }

  private Optional<KeyPattern> glob(ObjectAddress address) throws Failure {
    if (isLiteral) return Optional.empty();
    Optional<KeyPattern> glob = Wanted.glob(address.key());
    if (glob.isPresent() && isRecursive)
      throw Failure.usage("a glob says itself how deep it goes, ** crosses slashes: leave -r out");
    return glob;
  }
}
