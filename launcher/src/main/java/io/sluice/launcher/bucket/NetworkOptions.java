package io.sluice.launcher.bucket;

import io.sluice.launcher.cli.Environment;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.Version;
import io.sluice.store.network.Proxy;
import io.sluice.store.s3.S3Settings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What stands between us and the bucket. */
final class NetworkOptions {
  private static final List<String> THIS_MACHINE =
      List.of("localhost", "127.0.0.1", "[::1]", "::1");

  @Option(
      names = "--ca-bundle",
      paramLabel = "FILE",
      description = "Certificates in PEM form to trust beside the usual ones. Also AWS_CA_BUNDLE.")
  private @Nullable Path caBundle;

  @Option(
      names = "--proxy",
      paramLabel = "URL",
      description =
          "http://[user:password@]host:port, or none. Also HTTPS_PROXY and HTTP_PROXY, except for"
              + " the hosts in NO_PROXY.")
  private @Nullable String proxy;

  /**
   * So many connections to an endpoint.
   *
   * @throws IllegalArgumentException where the proxy is none
   */
  S3Settings.Transport transport(
      Environment environment, S3Settings.Endpoint endpoint, int connections) throws Failure {
    return new S3Settings.Transport(
        connections,
        S3Settings.Patience.USUAL,
        proxy(environment, endpoint.url(), endpoint.isHere()),
        caBundle(environment),
        Version.ofClient());
  }

  /**
   * On the way to a server of Google's protocol.
   *
   * @param url of the server; absent where it is Google's own
   * @throws IllegalArgumentException where it is none
   */
  Optional<Proxy> proxy(Environment environment, Optional<URI> url) {
    return proxy(
        environment, url, url.map(URI::getHost).filter(THIS_MACHINE::contains).isPresent());
  }

  /** Whom to trust beside Java's authorities. */
  Optional<Path> givenAuthorities() throws Failure {
    return readable(Optional.ofNullable(caBundle));
  }

  private Optional<Proxy> proxy(Environment environment, Optional<URI> url, boolean isHere) {
    if (proxy != null)
      return proxy.equals("none") ? Optional.empty() : Optional.of(Proxy.of(proxy, List.of()));
    // Nobody means a proxy for this machine when setting one for the network.
    if (isHere) return Optional.empty();
    String scheme = url.map(URI::getScheme).orElse("https");
    List<String> except =
        either(environment, "no_proxy")
            .map(hosts -> Arrays.asList(hosts.split("[,\\s]+", -1)))
            .orElse(List.of());
    return either(environment, scheme + "_proxy").map(given -> Proxy.of(given, except));
  }

  /** The one in small letters first, as curl and AWS's tools do. */
  private static Optional<String> either(Environment environment, String name) {
    return environment.variable(name).or(() -> environment.variable(name.toUpperCase(Locale.ROOT)));
  }

  private Optional<Path> caBundle(Environment environment) throws Failure {
    return readable(
        Optional.ofNullable(caBundle)
            .or(() -> environment.variable("AWS_CA_BUNDLE").map(Path::of)));
  }

  private static Optional<Path> readable(Optional<Path> file) throws Failure {
    if (file.isPresent() && !Files.isReadable(file.get()))
      throw Failure.usage(
          "the CA bundle %s cannot be read: check --ca-bundle and AWS_CA_BUNDLE"
              .formatted(file.get()));
    return file;
  }
}
