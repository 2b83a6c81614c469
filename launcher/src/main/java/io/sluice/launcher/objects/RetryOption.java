package io.sluice.launcher.objects;

import io.sluice.launcher.cli.Failure;
import io.sluice.store.Retry;
import picocli.CommandLine.Option;

/** How often a request is made. */
final class RetryOption {
  @Option(
      names = "--retries",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "Attempts per request, while it fails in a way that may pass. Default: ${DEFAULT-VALUE}")
  private int retries = 10;

  /** As s3gof3r had it, none is one. */
  Retry retry() throws Failure {
    if (retries < 0) throw Failure.usage("--retries %d: give 1 or more".formatted(retries));
    return Retry.USUAL.times(Math.max(1, retries));
  }
}
