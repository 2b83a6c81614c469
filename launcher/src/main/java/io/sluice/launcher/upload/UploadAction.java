package io.sluice.launcher.upload;

import io.sluice.launcher.bucket.BucketAddress;
import io.sluice.launcher.bucket.BucketSource;
import io.sluice.launcher.bucket.ConnectionOptions;
import io.sluice.launcher.bucket.OpenBucket;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.LoggedAction;
import io.sluice.store.Retry;
import io.sluice.upload.Destination;
import picocli.CommandLine.Mixin;

/** What the commands of {@code sluice upload} share: how the bucket is reached. */
abstract class UploadAction extends LoggedAction {
  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  /** What else names an upload, beside a state. */
  final void refuseBesideState(String... options) throws Failure {
    for (String option : options)
      if (isTyped(option))
        throw Failure.usage(
            "--state-file says which upload it is: leave %s out, or it".formatted(option));
  }

  /** The bucket that somebody names. */
  final BucketSource source(BucketAddress bucket, int requests) throws Failure {
    return connection.source(bucket, environment(), requests);
  }

  /** The bucket that a state names; options that are given take the place of those in it. */
  final OpenBucket open(Destination to, int requests) throws Failure {
    try {
      BucketAddress bucket = BucketAddress.parse(to.bucket());
      var here = new KeptConnection.Here(environment(), requests);
      return OpenBucket.of(
          KeptConnection.source(bucket, to.connection(), spec().commandLine(), here), Retry.USUAL);
    } catch (IllegalArgumentException e) {
      throw Failure.usage("the bucket that the state file names: " + e.getMessage());
    }
  }
}
