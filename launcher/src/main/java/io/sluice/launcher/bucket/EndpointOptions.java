package io.sluice.launcher.bucket;

import io.sluice.launcher.bucket.ConnectionOptions.Among;
import io.sluice.launcher.cli.Environment;
import io.sluice.launcher.cli.Failure;
import io.sluice.store.s3.AwsProfile;
import io.sluice.store.s3.S3Settings;
import io.sluice.store.s3.S3Settings.Addressing;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the bucket is. */
final class EndpointOptions {
  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9a-fA-F:]+]|[A-Za-z0-9._-]+)(:\\d{1,5})?");

  @Option(
      names = "--endpoint-url",
      paramLabel = "URL",
      description =
          "A server other than AWS or Google, for instance http://minio:9000. Also"
              + " AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, the profile; STORAGE_EMULATOR_HOST for"
              + " gs://.")
  private @Nullable String endpointUrl;

  @Option(
      names = "--endpoint",
      paramLabel = "HOST",
      description = "The same by its host, as s3gof3r has it: https://HOST.")
  private @Nullable String host;

  @Option(names = "--no-ssl", description = "With --endpoint: http://HOST.")
  private boolean noSsl;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description =
          "Region of the bucket. Also AWS_REGION, AWS_DEFAULT_REGION, the profile. Found out on"
              + " AWS where it is wrong or missing.")
  private @Nullable String region;

  @Option(
      names = "--path-style",
      description = "The bucket in the path of URLs; the rule for servers other than AWS.")
  private boolean pathStyle;

  @Option(names = "--dual-stack", description = "AWS by its addresses that have IPv6, too.")
  private boolean dualStack;

  @Option(names = "--fips", description = "AWS by its addresses with FIPS cryptography.")
  private boolean fips;

  /**
   * Options first, then what the bucket's own URL says, then variables, then the profile: read
   * here, not left to the SDK, because other servers need other settings with them.
   *
   * @param named where the bucket's URL says that it is
   * @throws IllegalArgumentException where they do not go together
   */
  S3Settings.Endpoint endpoint(
      Environment environment, AwsProfile profile, Optional<S3Settings.Endpoint> named, Among among)
      throws Failure {
    return named.isPresent()
        ? completed(named.get(), environment, profile, among)
        : new S3Settings.Endpoint(
            url(environment, profile),
            Optional.ofNullable(region).or(() -> usualRegion(environment, profile)),
            pathStyle ? Addressing.PATH : Addressing.USUAL,
            dualStack,
            fips);
  }

  private S3Settings.Endpoint completed(
      S3Settings.Endpoint named, Environment environment, AwsProfile profile, Among among)
      throws Failure {
    boolean isAlone = among == Among.ALONE;
    if (isAlone && given().isPresent())
      throw Failure.usage("a server both in --bucket and in --endpoint-url: give it once");
    if (isAlone && pathStyle && named.addressing() == Addressing.VIRTUAL)
      throw Failure.usage("--path-style, but the bucket is in the host's name in --bucket");
    Optional<String> given =
        ConnectionOptions.once("--region", Optional.ofNullable(region), named.region(), among);
    // The region of the environment is one of AWS; other servers accept us-east-1.
    if (named.url().isEmpty()) given = given.or(() -> usualRegion(environment, profile));
    return new S3Settings.Endpoint(
        named.url(),
        given,
        pathStyle && named.addressing() == Addressing.USUAL ? Addressing.PATH : named.addressing(),
        dualStack || named.dualStack(),
        fips || named.fips());
  }

  private static Optional<String> usualRegion(Environment environment, AwsProfile profile) {
    return environment
        .variable("AWS_REGION")
        .or(() -> environment.variable("AWS_DEFAULT_REGION"))
        .or(profile::region);
  }

  private Optional<URI> url(Environment environment, AwsProfile profile) throws Failure {
    Optional<String> given = given();
    boolean ignoresConfigured =
        environment
            .variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")
            .orElse("")
            .equalsIgnoreCase("true");
    if (given.isEmpty() && !ignoresConfigured)
      given =
          environment
              .variable("AWS_ENDPOINT_URL_S3")
              .or(() -> environment.variable("AWS_ENDPOINT_URL"))
              .or(profile::endpointUrl);
    if (given.isEmpty()) return Optional.empty();
    try {
      return Optional.of(new URI(given.get()));
    } catch (URISyntaxException e) {
      String shown = given.get().indexOf('@') < 0 ? "'" + given.get() + "'" : "what is given";
      throw Failure.usage(
          shown + " is not the URL of an endpoint: write it as http(s)://host[:port]");
    }
  }

  /** The URL that is given as an option, whichever kind of server it is of. */
  Optional<String> given() throws Failure {
    if (host == null) {
      if (noSsl) throw Failure.usage("--no-ssl goes with --endpoint HOST: add it");
      return Optional.ofNullable(endpointUrl);
    }
    if (endpointUrl != null)
      throw Failure.usage("a server both in --endpoint and in --endpoint-url: give it once");
    if (!HOST.matcher(host).matches())
      throw Failure.usage(
          "--endpoint takes a host, and perhaps a port: give --endpoint-url for a URL");
    if (host.endsWith(".amazonaws.com"))
      throw Failure.usage(
          "--endpoint %s: leave it out, and give --region for one of AWS".formatted(host));
    return Optional.of((noSsl ? "http://" : "https://") + host);
  }

  /** An option that is given and says something to S3 only. */
  Optional<String> givenForS3() {
    if (region != null) return Optional.of("--region");
    if (pathStyle) return Optional.of("--path-style");
    if (dualStack) return Optional.of("--dual-stack");
    return fips ? Optional.of("--fips") : Optional.empty();
  }
}
