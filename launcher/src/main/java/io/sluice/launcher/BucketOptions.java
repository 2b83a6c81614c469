package io.sluice.launcher;

import io.sluice.store.s3.S3Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

  @Option(
      names = "--endpoint-url",
      paramLabel = "URL",
      description =
          "A server other than AWS, for instance http://minio:9000. Also AWS_ENDPOINT_URL_S3,"
              + " AWS_ENDPOINT_URL.")
  private @Nullable String endpointUrl;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "Region of the bucket. Also AWS_REGION, AWS_DEFAULT_REGION, the profile.")
  private @Nullable String region;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "Profile of the AWS configuration files. Also AWS_PROFILE.")
  private @Nullable String profile;

  @Option(
      names = "--path-style",
      description = "The bucket in the path of URLs; always so for servers other than AWS.")
  private boolean pathStyle;

  @Option(names = "--no-sign-request", description = "Without credentials, for public buckets.")
  private boolean noSignRequest;

  @Option(
      names = "--requester-pays",
      description = "Agree to pay for the requests, where the bucket's owner demands it.")
  private boolean requesterPays;

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
        // A quarter more than the parallelism may be asked for by readers that wait.
        int connections = parallelism + parallelism / 4 + CONNECTIONS_FOR_METADATA;
        try {
          yield new BucketSource.S3(
              s3,
              S3Settings.of(
                  s3.bucket(),
                  new S3Settings.Endpoint(url(environment), region(environment), pathStyle),
                  new S3Settings.Access(Optional.ofNullable(profile), noSignRequest, requesterPays),
                  connections));
        } catch (IllegalArgumentException e) {
          throw Failure.usage(String.valueOf(e.getMessage()));
        }
      }
    };
  }

  /** Read here, not left to the SDK, because other servers need other settings with it. */
  private Optional<URI> url(Environment environment) throws Failure {
    Optional<String> given = Optional.ofNullable(endpointUrl);
    boolean ignoresConfigured =
        environment.variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS").orElse("").equals("true");
    if (given.isEmpty() && !ignoresConfigured)
      given =
          environment
              .variable("AWS_ENDPOINT_URL_S3")
              .or(() -> environment.variable("AWS_ENDPOINT_URL"));
    if (given.isEmpty()) return Optional.empty();
    try {
      return Optional.of(new URI(given.get()));
    } catch (URISyntaxException e) {
      throw Failure.usage(
          "'%s' is not the URL of an endpoint: write it as http(s)://host[:port]"
              .formatted(given.get()));
    }
  }

  private Optional<String> region(Environment environment) {
    return Optional.ofNullable(region)
        .or(() -> environment.variable("AWS_REGION"))
        .or(() -> environment.variable("AWS_DEFAULT_REGION"));
  }
}
