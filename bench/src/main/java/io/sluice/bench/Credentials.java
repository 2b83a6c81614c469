package io.sluice.bench;

import java.util.Map;

/** What a client of the dial server signs with; the server does not check it. */
final class Credentials {
  static final Map<String, String> ENVIRONMENT =
      Map.of(
          "AWS_ACCESS_KEY_ID", "bench",
          "AWS_SECRET_ACCESS_KEY", "bench",
          "AWS_REGION", "us-east-1",
          "AWS_EC2_METADATA_DISABLED", "true");

  private Credentials() {}
}
