package io.sluice.launcher.objects;

import io.sluice.launcher.bucket.BucketAddress;
import io.sluice.launcher.bucket.ConnectionOptions;
import io.sluice.launcher.bucket.OpenBucket;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.LoggedAction;
import io.sluice.store.Retry;
import picocli.CommandLine.Mixin;

/** What the commands have in common that ask a bucket and end: how it is reached. */
abstract class BucketCommand extends LoggedAction {
  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Mixin private RetryOption retries = new RetryOption();

  final ConnectionOptions connection() {
    return connection;
  }

  /** How a request is repeated. */
  final Retry retry() throws Failure {
    return retries.retry();
  }

  /** For so many requests at once. */
  final OpenBucket open(BucketAddress bucket, int requests) throws Failure {
    return OpenBucket.of(connection.source(bucket, environment(), requests), retry());
  }
}
