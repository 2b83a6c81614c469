package io.sluice.launcher;

import io.sluice.store.s3.AwsProfile;
import io.sluice.store.s3.S3Settings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** As whom we come to the bucket. */
final class AccessOptions {
  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "Profile of the AWS configuration files. Also AWS_PROFILE.")
  private @Nullable String profile;

  @Option(names = "--no-sign-request", description = "Without credentials, for public buckets.")
  private boolean noSignRequest;

  @Option(
      names = "--requester-pays",
      description = "Agree to pay for the requests, where the bucket's owner demands it.")
  private boolean requesterPays;

  @Option(
      names = "--expected-bucket-owner",
      paramLabel = "ACCOUNT",
      description = "The account that must own the bucket, 12 digits; any other one is refused.")
  private @Nullable String owner;

  /**
   * As whom.
   *
   * @param named the profile that the bucket's URL names
   * @throws IllegalArgumentException where they do not go together
   */
  S3Settings.Access access(Optional<String> named) throws Failure {
    return new S3Settings.Access(
        given(named), noSignRequest, requesterPays, Optional.ofNullable(owner));
  }

  /**
   * What the profile says beside credentials.
   *
   * @param named the profile that the bucket's URL names
   * @throws IllegalArgumentException where its file is not in the right form
   */
  AwsProfile profile(Environment environment, Optional<String> named) throws Failure {
    String name = given(named).or(() -> environment.variable("AWS_PROFILE")).orElse("default");
    return AwsProfile.read(environment.awsConfig(), environment.awsCredentials(), name);
  }

  private Optional<String> given(Optional<String> named) throws Failure {
    return BucketOptions.once("--profile", Optional.ofNullable(profile), named);
  }

  /** Without credentials, at whichever kind of server. */
  boolean isAnonymous() {
    return noSignRequest;
  }

  /** An option that is given and says something to S3 only. */
  Optional<String> givenForS3() {
    if (profile != null) return Optional.of("--profile");
    if (requesterPays)
      return Optional.of("--requester-pays (--billing-project names who pays there)");
    return owner == null ? Optional.empty() : Optional.of("--expected-bucket-owner");
  }
}
