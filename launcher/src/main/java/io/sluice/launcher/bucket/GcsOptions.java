package io.sluice.launcher.bucket;

import io.sluice.launcher.cli.Environment;
import io.sluice.launcher.cli.Failure;
import io.sluice.store.gcs.GcsSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What only a bucket of Google Cloud Storage has. */
final class GcsOptions {
  @Option(
      names = "--billing-project",
      paramLabel = "PROJECT",
      description = "gs:// only: the project that pays, where the bucket's owner demands it.")
  private @Nullable String billingProject;

  /**
   * The bucket, ready to be opened. What says nothing to it was refused before.
   *
   * @param given the URL of a server, as an option
   */
  BucketSource.Gcs source(
      BucketAddress.Gcs address,
      Optional<String> given,
      AccessOptions access,
      NetworkOptions network,
      Environment environment,
      int connections)
      throws Failure {
    Optional<String> emulator =
        given.isPresent() ? Optional.empty() : environment.variable("STORAGE_EMULATOR_HOST");
    Optional<URI> server = url(given.or(() -> emulator.map(GcsOptions::withScheme)));
    try {
      return new BucketSource.Gcs(
          address,
          new GcsSettings(
              address.bucket(),
              server,
              // Emulators know nobody, and are not to be shown who we are.
              new GcsSettings.Access(
                  access.isAnonymous() || emulator.isPresent(),
                  Optional.empty(),
                  Optional.ofNullable(billingProject)),
              new GcsSettings.Transport(
                  connections,
                  GcsSettings.Patience.USUAL,
                  network.proxy(environment, server),
                  network.givenAuthorities())));
    } catch (IllegalArgumentException e) {
      throw Failure.usage(String.valueOf(e.getMessage()));
    }
  }

  private static Optional<URI> url(Optional<String> given) throws Failure {
    try {
      return given.isPresent() ? Optional.of(new URI(given.get())) : Optional.empty();
    } catch (URISyntaxException e) {
      throw Failure.usage(
          "what is given is not the URL of an endpoint: write it as http(s)://host[:port]");
    }
  }

  /** Google's own libraries take the variable with a scheme and without. */
  private static String withScheme(String host) {
    return host.contains("://") ? host : "http://" + host;
  }

  /** Of a bucket that has none of this. */
  void refuse() throws Failure {
    if (billingProject != null)
      throw Failure.usage("--billing-project is for gs:// buckets: leave it out");
  }
}
