package io.sluice.launcher.bucket;

import io.sluice.launcher.bucket.ConnectionOptions.Among;
import io.sluice.launcher.cli.Environment;
import io.sluice.launcher.cli.Failure;
import io.sluice.store.s3.AwsProfile;
import io.sluice.store.s3.S3Settings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** As whom we come to the bucket. */
final class AccessOptions {
  @Option(
      names = "--aws-profile",
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
  S3Settings.Access access(Optional<String> named, Among among) throws Failure {
    return new S3Settings.Access(
        given(named, among), noSignRequest, requesterPays, Optional.ofNullable(owner));
  }

  /**
   * What the profile says beside credentials.
   *
   * @param named the profile that the bucket's URL names
   * @throws IllegalArgumentException where its file is not in the right form
   */
  AwsProfile profile(Environment environment, Optional<String> named, Among among) throws Failure {
    String name =
        given(named, among).or(() -> environment.variable("AWS_PROFILE")).orElse("default");
    return AwsProfile.read(environment.awsConfig(), environment.awsCredentials(), name);
  }

  private Optional<String> given(Optional<String> named, Among among) throws Failure {
    return ConnectionOptions.once("--aws-profile", Optional.ofNullable(profile), named, among);
  }

  /** Without credentials, at whichever kind of server. */
  boolean isAnonymous() {
    return noSignRequest;
  }

  /** An option that is given and says something to S3 only. */
  Optional<String> givenForS3() {
    if (profile != null) return Optional.of("--aws-profile");
    if (requesterPays)
      return Optional.of("--requester-pays (--billing-project names who pays there)");
    return owner == null ? Optional.empty() : Optional.of("--expected-bucket-owner");
  }
}
