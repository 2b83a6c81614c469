package io.sluice.launcher.upload;

import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.TimeSpan;
import io.sluice.upload.ResumableUpload;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How parts are sent. */
final class SendingOptions {
  private static final int MOST = 256;

  @Option(
      names = {"-c", "--concurrency"},
      paramLabel = "N",
      defaultValue = "8",
      description = "Parts at once. Default: ${DEFAULT-VALUE}")
  private int concurrency;

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      defaultValue = "1d",
      description =
          "How long to wait for a bucket that does not answer, before ending with the state kept:"
              + " 1h, forever; with 0 the usual retries are all. Default: ${DEFAULT-VALUE}")
  private TimeSpan patience = new TimeSpan(Duration.ofDays(1));

  ResumableUpload.Settings settings() throws Failure {
    if (concurrency < 1 || concurrency > MOST)
      throw Failure.usage("--concurrency is from 1 to %d, not %d".formatted(MOST, concurrency));
    return new ResumableUpload.Settings(concurrency, patience.duration());
  }
}
