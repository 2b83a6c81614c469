package io.sluice.launcher;

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

  /** The connections to a server, or to Google's own. */
  interface TransportTo {
    GcsSettings.Transport of(Optional<URI> url) throws Failure;
  }

  /** The bucket, ready to be opened. */
  BucketSource.Gcs source(
      BucketAddress.Gcs address,
      Optional<String> endpointUrl,
      boolean anonymous,
      Environment environment,
      TransportTo transport)
      throws Failure {
    Optional<String> emulator =
        endpointUrl.isPresent() ? Optional.empty() : environment.variable("STORAGE_EMULATOR_HOST");
    Optional<String> url = endpointUrl.or(() -> emulator.map(GcsOptions::withScheme));
    try {
      // Emulators know nobody, and are not to be shown who we are.
      var access =
          new GcsSettings.Access(
              anonymous || emulator.isPresent(),
              Optional.empty(),
              Optional.ofNullable(billingProject));
      Optional<URI> server = url.isPresent() ? Optional.of(new URI(url.get())) : Optional.empty();
      return new BucketSource.Gcs(
          address, new GcsSettings(address.bucket(), server, access, transport.of(server)));
    } catch (URISyntaxException e) {
      throw Failure.usage(
          "what is given is not the URL of an endpoint: write it as http(s)://host[:port]");
    } catch (IllegalArgumentException e) {
      throw Failure.usage(String.valueOf(e.getMessage()));
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
