package io.sluice.launcher.objects;

import io.sluice.launcher.bucket.BucketAddress;
import io.sluice.launcher.bucket.BucketSource;
import io.sluice.launcher.bucket.ConnectionOptions;
import io.sluice.launcher.bucket.NativeCiphers;
import io.sluice.launcher.bucket.OpenBucket;
import io.sluice.launcher.cli.Environment;
import io.sluice.launcher.cli.Failure;
import io.sluice.store.Retry;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How many requests at once, how often they are repeated, and through what they go. */
final class TransferOptions {
  /** Lookups beside the parts, which must not queue up behind them. */
  private static final int CONNECTIONS_BESIDE = 2;

  @Option(
      names = {"-c", "--concurrency"},
      paramLabel = "N",
      defaultValue = "8",
      description = "Requests at once, 1 to 256. Default: ${DEFAULT-VALUE}")
  private int concurrency = 8;

  @Mixin private RetryOption retries = new RetryOption();

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  int concurrency() throws Failure {
    return Concurrency.of(concurrency);
  }

  OpenBucket open(BucketAddress bucket, Environment environment) throws Failure {
    return open(bucket, environment, Optional.empty());
  }

  /** To read this version of an object, where one is given. */
  OpenBucket open(BucketAddress bucket, Environment environment, Optional<String> version)
      throws Failure {
    BucketSource source =
        connection.source(bucket, environment, concurrency() + CONNECTIONS_BESIDE);
    NativeCiphers.prefer();
    return OpenBucket.of(source, retries.retry(), version);
  }

  /** For requests that nobody insists on: each is made once. */
  OpenBucket openOnce(BucketAddress bucket, Environment environment) throws Failure {
    return OpenBucket.of(connection.source(bucket, environment, 1), Retry.USUAL.times(1));
  }
}
