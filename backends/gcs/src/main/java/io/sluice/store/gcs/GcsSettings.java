package io.sluice.store.gcs;

import io.sluice.store.network.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Which bucket, and how to reach it.
 *
 * @param bucket its name
 * @param endpoint of a server other than Google's, without the path of the API
 * @param access as whom
 * @param transport over what
 */
public record GcsSettings(
    String bucket, Optional<URI> endpoint, Access access, Transport transport) {
  public GcsSettings {
    BucketName.problem(bucket)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(
                  "not the name of a bucket: '" + bucket + "': " + problem);
            });
    endpoint.ifPresent(GcsSettings::check);
  }

  /** With usual patience, and nothing between us and the server. */
  public static GcsSettings of(
      String bucket, Optional<URI> endpoint, Access access, int connections) {
    var transport = new Transport(connections, Patience.USUAL, Optional.empty(), Optional.empty());
    return new GcsSettings(bucket, endpoint, access, transport);
  }

  private static void check(URI url) {
    String scheme = String.valueOf(url.getScheme());
    boolean isWeb = scheme.equals("http") || scheme.equals("https");
    if (!isWeb || url.getHost() == null || url.getQuery() != null || url.getUserInfo() != null)
      throw new IllegalArgumentException(
          (url.toString().indexOf('@') < 0 ? "'" + url + "'" : "what is given")
              + " is not the URL of an endpoint: write it as http(s)://host[:port]");
  }

  /**
   * As whom.
   *
   * @param anonymous without credentials, for public buckets and emulators
   * @param credentials a file of credentials in Google's JSON format; absent, where Google's own
   *     tools find them: GOOGLE_APPLICATION_CREDENTIALS, gcloud's login, the role of the machine
   * @param billingProject which project pays for the requests; absent, the bucket's
   */
  public record Access(
      boolean anonymous, Optional<Path> credentials, Optional<String> billingProject) {
    public static final Access USUAL = new Access(false, Optional.empty(), Optional.empty());
    public static final Access ANONYMOUS = new Access(true, Optional.empty(), Optional.empty());

    public Access {
      if (anonymous && credentials.isPresent())
        throw new IllegalArgumentException("either anonymous or a file of credentials");
      if (billingProject.filter(String::isBlank).isPresent())
        throw new IllegalArgumentException("the billing project has no name");
    }
  }

  /**
   * The connections.
   *
   * @param connections how many requests at once
   * @param patience how long anything may take
   * @param proxy between us and the server, and the login service
   * @param caBundle certificates in PEM form to trust beside Java's
   */
  public record Transport(
      int connections, Patience patience, Optional<Proxy> proxy, Optional<Path> caBundle) {
    public Transport {
      if (connections < 1) throw new IllegalArgumentException("connections " + connections);
    }
  }

  /**
   * How long anything may take.
   *
   * @param connect to open a connection
   * @param silence of a connection, before an answer or in the middle of a body
   */
  public record Patience(Duration connect, Duration silence) {
    /** For rewriting and composing, after Google's advice: 30 s at least. */
    Patience forWriting() {
      return new Patience(connect, silence.multipliedBy(3));
    }

    public static final Patience USUAL =
        new Patience(Duration.ofSeconds(3), Duration.ofSeconds(10));

    public Patience {
      if (!connect.isPositive() || !silence.isPositive())
        throw new IllegalArgumentException("no patience: " + connect + ", " + silence);
    }

    /**
     * To have the answer's headers, or all of an answer that is no body, however slowly it comes.
     */
    Duration answer() {
      return connect.plus(silence).plus(silence.dividedBy(2));
    }
  }
}
