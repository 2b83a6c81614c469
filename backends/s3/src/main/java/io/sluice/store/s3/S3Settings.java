package io.sluice.store.s3;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Which bucket, and how to reach it. What is absent comes from the SDK's own chains: environment
 * variables, profile files, container and instance metadata.
 *
 * @param bucket its name
 * @param endpoint where and in which dialect
 * @param access as whom
 * @param connections how many requests at once
 * @param patience how long anything may take
 */
public record S3Settings(
    String bucket, Endpoint endpoint, Access access, int connections, Patience patience) {
  /** S3 answers when a part is on disk, or thousands of parts are one object. */
  private static final int SILENCE_AFTER_WRITING = 6;

  public S3Settings {
    BucketName.problem(bucket)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(
                  "not the name of a bucket: '" + bucket + "': " + problem);
            });
    if (connections < 1) throw new IllegalArgumentException("connections " + connections);
  }

  public static S3Settings of(String bucket, Endpoint endpoint, Access access, int connections) {
    return new S3Settings(bucket, endpoint, access, connections, Patience.USUAL);
  }

  /** The same, for requests with bodies: a server may take its time with what it was given. */
  S3Settings forWriting() {
    var longer =
        new Patience(patience.connect(), patience.silence().multipliedBy(SILENCE_AFTER_WRITING));
    return new S3Settings(bucket, endpoint, access, connections, longer);
  }

  /**
   * Where the bucket is.
   *
   * @param url of a server other than AWS
   * @param region of the bucket; where it is absent, on AWS it is found out, and other servers
   *     accept {@code us-east-1}
   * @param pathStyle the bucket in the path rather than in the host's name; always so on servers
   *     other than AWS
   */
  public record Endpoint(Optional<URI> url, Optional<String> region, boolean pathStyle) {
    public static final Endpoint AWS = new Endpoint(Optional.empty(), Optional.empty(), false);

    public Endpoint {
      url.ifPresent(Endpoint::check);
      Optional<String> named =
          url.map(URI::getHost).flatMap(AwsHost::parse).flatMap(AwsHost::region);
      region = region.or(() -> named);
    }

    /** A server that is not AWS: only few of them resolve a bucket's name in the host's name. */
    boolean isForeign() {
      return url.filter(u -> !AwsHost.isAws(u.getHost())).isPresent();
    }

    private static void check(URI url) {
      String scheme = String.valueOf(url.getScheme());
      boolean isWeb = scheme.equals("http") || scheme.equals("https");
      if (!isWeb || url.getHost() == null)
        throw new IllegalArgumentException(
            "not the URL of an endpoint: '" + url + "': write it as http(s)://host[:port]");
    }
  }

  /**
   * As whom.
   *
   * @param profile of the AWS configuration files
   * @param anonymous without credentials, for public buckets
   * @param requesterPays agreed that we pay for the requests
   */
  public record Access(Optional<String> profile, boolean anonymous, boolean requesterPays) {
    public static final Access USUAL = new Access(Optional.empty(), false, false);
  }

  /**
   * How long anything may take.
   *
   * @param connect to open a connection
   * @param silence of a connection, before an answer or in the middle of a body
   */
  public record Patience(Duration connect, Duration silence) {
    /**
     * To have the answer's headers, or all of an answer that is no body, however slowly it comes.
     */
    Duration answer() {
      return connect.plus(silence).plus(silence.dividedBy(2));
    }

    public static final Patience USUAL =
        new Patience(Duration.ofSeconds(3), Duration.ofSeconds(10));
  }
}
