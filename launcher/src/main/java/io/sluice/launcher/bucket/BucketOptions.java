package io.sluice.launcher.bucket;

import io.sluice.launcher.cli.Environment;
import io.sluice.launcher.cli.Failure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which bucket, where it is, and as whom we come. */
public final class BucketOptions {
  /** Beside the GETs of the cache there are listings and lookups, and they must not queue up. */
  private static final int CONNECTIONS_FOR_METADATA = 16;

  @Option(
      names = {"-b", "--bucket", "--bucket-name"},
      required = true,
      paramLabel = "BUCKET",
      description =
          "What to mount: a name, s3://bucket[/prefix], gs://bucket[/prefix],"
              + " s3+https://host[:port]/bucket[/prefix] or file:///directory.")
  private @Nullable BucketAddress bucket;

  @Option(
      names = "--prefix",
      paramLabel = "PREFIX",
      description = "Show only what is below this prefix of the bucket.")
  private @Nullable String prefix;

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  BucketAddress address() throws Failure {
    if (bucket == null) throw Failure.usage("no bucket: give one with --bucket");
    if (prefix == null) return bucket;
    if (!bucket.prefix().isEmpty())
      throw Failure.usage(
          "a prefix both in --bucket %s and in --prefix %s: give it once"
              .formatted(bucket, prefix));
    try {
      return bucket.withPrefix(prefix);
    } catch (IllegalArgumentException e) {
      throw Failure.usage("--" + e.getMessage());
    }
  }

  /** The bucket, ready to be opened for so many GETs at once. */
  public BucketSource source(Environment environment, int parallelism) throws Failure {
    // A quarter more than the parallelism may be asked for by readers that wait.
    int connections = parallelism + parallelism / 4 + CONNECTIONS_FOR_METADATA;
    return connection.source(address(), environment, connections);
  }
}
