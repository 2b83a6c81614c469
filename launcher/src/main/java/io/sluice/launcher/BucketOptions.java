package io.sluice.launcher;

import io.sluice.store.s3.AwsProfile;
import io.sluice.store.s3.S3Settings;
import java.util.Optional;
import java.util.stream.Stream;
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
      description =
          "What to mount: a name, s3://bucket[/prefix], gs://bucket[/prefix],"
              + " s3+https://host[:port]/bucket[/prefix] or file:///directory.")
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

  @Mixin private GcsOptions gcs = new GcsOptions();

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
      case BucketAddress.S3 s3 -> {
        gcs.refuse();
        yield new BucketSource.S3(s3, settings(s3, environment, parallelism));
      }
      case BucketAddress.Gcs inGcs -> {
        refuseOptionsOfS3();
        yield gcs.source(inGcs, where, access, network, environment, connections(parallelism));
      }
    };
  }

  private void refuseOptionsOfS3() throws Failure {
    Optional<String> given =
        Stream.of(where.givenForS3(), access.givenForS3(), encryption.given())
            .flatMap(Optional::stream)
            .findFirst();
    if (given.isPresent())
      throw Failure.usage("a gs:// bucket has no " + given.get() + ": leave it out");
  }

  private static int connections(int parallelism) {
    // A quarter more than the parallelism may be asked for by readers that wait.
    return parallelism + parallelism / 4 + CONNECTIONS_FOR_METADATA;
  }

  private S3Settings settings(BucketAddress.S3 address, Environment environment, int parallelism)
      throws Failure {
    try {
      AwsProfile profile = access.profile(environment, address.profile());
      S3Settings.Endpoint endpoint = where.endpoint(environment, profile, address.endpoint());
      return new S3Settings(
          address.bucket(),
          endpoint,
          access.access(address.profile()),
          network.transport(environment, endpoint, connections(parallelism)),
          encryption.encryption());
    } catch (IllegalArgumentException e) {
      throw Failure.usage(String.valueOf(e.getMessage()));
    }
  }

  /** What an option and the bucket's URL both may say: they must not contradict each other. */
  static Optional<String> once(String option, Optional<String> given, Optional<String> named)
      throws Failure {
    if (given.isPresent() && named.isPresent() && !given.equals(named))
      throw Failure.usage(
          "%s %s, but --bucket says %s: give it once".formatted(option, given.get(), named.get()));
    return given.or(() -> named);
  }
}
