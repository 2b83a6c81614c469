package io.sluice.launcher.objects;

import io.sluice.launcher.cli.Failure;

/** How many requests at once somebody may ask for. */
final class Concurrency {
  private static final int MOST = 256;

  private Concurrency() {}

  /** As s3gof3r had it, none is one. */
  static int of(int requests) throws Failure {
    if (requests < 0 || requests > MOST)
      throw Failure.usage("--concurrency %d: give a number from 1 to %d".formatted(requests, MOST));
    return Math.max(1, requests);
  }
}
