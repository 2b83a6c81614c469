package io.sluice.launcher.bucket;

import io.sluice.launcher.cli.Environment;
import io.sluice.launcher.cli.Failure;
import io.sluice.store.s3.AwsProfile;
import io.sluice.store.s3.S3Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;

/** How buckets are reached, whichever they are: where, as whom, through what. */
public final class ConnectionOptions {
  @Mixin private EndpointOptions where = new EndpointOptions();

  @Mixin private AccessOptions access = new AccessOptions();

  @Mixin private NetworkOptions network = new NetworkOptions();

  @Mixin private EncryptionOptions encryption = new EncryptionOptions();

  @Mixin private GcsOptions gcs = new GcsOptions();

  /** A bucket, ready to be opened for so many requests at once. */
  public BucketSource source(BucketAddress bucket, Environment environment, int connections)
      throws Failure {
    return switch (bucket) {
      case BucketAddress.Local local -> new BucketSource.Local(local);
      case BucketAddress.S3 s3 -> {
        gcs.refuse();
        yield new BucketSource.S3(s3, settings(s3, environment, connections, Among.ALONE));
      }
      case BucketAddress.Gcs inGcs -> {
        refuseOptionsOfS3();
        yield gcs.source(inGcs, where.given(), access, network, environment, connections);
      }
    };
  }

  /**
   * Buckets that one command is about, which may be of different kinds and servers: each option is
   * for those that it says something to, and where a bucket's own URL says otherwise, that holds.
   * {@code --endpoint-url} is that of the {@code s3://} buckets, and of {@code gs://} ones only
   * where there are none. An option that is for none of them is refused.
   */
  public List<BucketSource> sources(
      List<BucketAddress> buckets, Environment environment, int connections) throws Failure {
    List<BucketAddress> distinct = buckets.stream().distinct().toList();
    boolean hasS3 = distinct.stream().anyMatch(BucketAddress.S3.class::isInstance);
    boolean hasGcs = distinct.stream().anyMatch(BucketAddress.Gcs.class::isInstance);
    // Of one bucket, what its URL and the options both say must not contradict each other.
    if (distinct.size() == 1 || (!hasS3 && !hasGcs)) {
      List<BucketSource> all = new ArrayList<>();
      for (BucketAddress bucket : distinct) all.add(source(bucket, environment, connections));
      return all;
    }
    if (!hasS3) refuseOptionsOfS3();
    if (!hasGcs) gcs.refuse();
    boolean isServerOfS3 =
        distinct.stream()
            .anyMatch(some -> some instanceof BucketAddress.S3 s3 && s3.endpoint().isEmpty());
    if (where.given().isPresent() && !isServerOfS3 && !hasGcs)
      throw Failure.usage("each URL names its server: leave --endpoint-url out");
    List<BucketSource> all = new ArrayList<>();
    for (BucketAddress bucket : distinct)
      all.add(
          switch (bucket) {
            case BucketAddress.Local local -> new BucketSource.Local(local);
            case BucketAddress.S3 s3 ->
                new BucketSource.S3(s3, settings(s3, environment, connections, Among.SEVERAL));
            case BucketAddress.Gcs inGcs ->
                gcs.source(
                    inGcs,
                    isServerOfS3 ? Optional.empty() : where.given(),
                    access,
                    network,
                    environment,
                    connections);
          });
    return all;
  }

  private void refuseOptionsOfS3() throws Failure {
    Optional<String> given =
        Stream.of(where.givenForS3(), access.givenForS3(), encryption.given())
            .flatMap(Optional::stream)
            .findFirst();
    if (given.isPresent())
      throw Failure.usage("a gs:// bucket has no " + given.get() + ": leave it out");
  }

  /** Whether the options are about one bucket, or about one of several. */
  enum Among {
    ALONE,
    SEVERAL
  }

  private S3Settings settings(
      BucketAddress.S3 address, Environment environment, int connections, Among among)
      throws Failure {
    try {
      AwsProfile profile = access.profile(environment, address.profile(), among);
      S3Settings.Endpoint endpoint =
          where.endpoint(environment, profile, address.endpoint(), among);
      return new S3Settings(
          address.bucket(),
          endpoint,
          access.access(address.profile(), among),
          network.transport(environment, endpoint, connections),
          encryption.encryption());
    } catch (IllegalArgumentException e) {
      throw Failure.usage(String.valueOf(e.getMessage()));
    }
  }

  /**
   * What an option and the bucket's URL both may say: they must not contradict each other. Of one
   * among several the URL says it.
   */
  static Optional<String> once(
      String option, Optional<String> given, Optional<String> named, Among among) throws Failure {
    if (among == Among.SEVERAL) return named.or(() -> given);
    if (given.isPresent() && named.isPresent() && !given.equals(named))
      throw Failure.usage(
          "%s %s, but --bucket says %s: give it once".formatted(option, given.get(), named.get()));
    return given.or(() -> named);
  }
}
