package io.sluice.launcher;

import io.sluice.store.s3.S3Settings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which bucket, where it is, and as whom we come. */
final class BucketOptions {
  /** Beside the GETs of the cache there are listings and lookups, and they must not queue up. */
  private static final int CONNECTIONS_FOR_METADATA = 16;

  @Option(
      names = {"-b", "--bucket", "--bucket-name"},
      required = true,
      paramLabel = "BUCKET",
      description = "What to mount: a name, s3://bucket[/prefix], or file:///directory.")
  private @Nullable BucketAddress bucket;

  @Option(
      names = "--prefix",
      paramLabel = "PREFIX",
      description = "Show only what is below this prefix of the bucket.")
  private @Nullable String prefix;

  @Mixin private EndpointOptions where = new EndpointOptions();

  @Mixin private AccessOptions access = new AccessOptions();

  @Mixin private NetworkOptions network = new NetworkOptions();

  @Mixin private EncryptionOptions encryption = new EncryptionOptions();

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
  BucketSource source(Environment environment, int parallelism) throws Failure {
    return switch (address()) {
      case BucketAddress.Local local -> new BucketSource.Local(local);
      case BucketAddress.S3 s3 -> new BucketSource.S3(s3, settings(s3, environment, parallelism));
    };
  }

  private S3Settings settings(BucketAddress.S3 address, Environment environment, int parallelism)
      throws Failure {
    // A quarter more than the parallelism may be asked for by readers that wait.
    int connections = parallelism + parallelism / 4 + CONNECTIONS_FOR_METADATA;
    try {
      S3Settings.Endpoint endpoint = where.endpoint(environment, access.profile(environment));
      return new S3Settings(
          address.bucket(),
          endpoint,
          access.access(),
          network.transport(environment, endpoint, connections),
          encryption.encryption());
    } catch (IllegalArgumentException e) {
      throw Failure.usage(String.valueOf(e.getMessage()));
    }
  }
}
