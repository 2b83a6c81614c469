package io.sluice.store.s3;

import io.sluice.store.network.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which bucket, and how to reach it. What is absent comes from the SDK's own chains: environment
 * variables, profile files, container and instance metadata.
 *
 * @param bucket its name
 * @param endpoint where and in which dialect
 * @param access as whom
 * @param transport over which connections
 * @param writing what goes with what is written
 */
public record S3Settings(
    String bucket, Endpoint endpoint, Access access, Transport transport, Writing writing) {
  /** S3 answers when a part is on disk, or thousands of parts are one object. */
  private static final int SILENCE_AFTER_WRITING = 6;

  public S3Settings {
    BucketName.problem(bucket)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(
                  "not the name of a bucket: '" + bucket + "': " + problem);
            });
  }

  public S3Settings(
      String bucket, Endpoint endpoint, Access access, Transport transport, Encryption encryption) {
    this(bucket, endpoint, access, transport, new Writing(encryption, Optional.empty()));
  }

  public S3Settings(
      String bucket, Endpoint endpoint, Access access, int connections, Patience patience) {
    this(
        bucket,
        endpoint,
        access,
        Transport.of(connections).withPatience(patience),
        Encryption.OF_BUCKET);
  }

  public static S3Settings of(String bucket, Endpoint endpoint, Access access, int connections) {
    return new S3Settings(bucket, endpoint, access, connections, Patience.USUAL);
  }

  /** The same, for requests with bodies: a server may take its time with what it was given. */
  S3Settings forWriting() {
    var longer =
        new Patience(
            patience().connect(), patience().silence().multipliedBy(SILENCE_AFTER_WRITING));
    return new S3Settings(bucket, endpoint, access, transport.withPatience(longer), writing);
  }

  /** The same, of another bucket. */
  public S3Settings withBucket(String other) {
    return new S3Settings(other, endpoint, access, transport, writing);
  }

  /** The same, with another checksum than its server would get. */
  public S3Settings withIntegrity(Integrity integrity) {
    var other = new Writing(encryption(), Optional.of(integrity));
    return new S3Settings(bucket, endpoint, access, transport, other);
  }

  /** How the server encrypts what is written. */
  public Encryption encryption() {
    return writing.encryption();
  }

  /** Which checksum goes ahead of what is written. */
  public Integrity integrity() {
    boolean isSigned = !endpoint.hasTls() && !access.anonymous();
    Integrity elsewhere = isSigned ? Integrity.SIGNATURE : Integrity.MD5;
    return writing.integrity().orElse(endpoint.isForeign() ? elsewhere : Integrity.CRC32C);
  }

  /**
   * What goes with what is written.
   *
   * @param encryption as the server is to do it
   * @param integrity the checksum that goes ahead of a body; by itself CRC32C at AWS, elsewhere
   *     MD5, or that of the signature where it holds one
   */
  public record Writing(Encryption encryption, Optional<Integrity> integrity) {}

  /** How many requests at once. */
  public int connections() {
    return transport.connections();
  }

  /** How long anything may take. */
  public Patience patience() {
    return transport.patience();
  }

  /** Where the bucket's name is in the addresses of its objects. */
  public enum Addressing {
    /** In the host's name on AWS, in the path elsewhere. */
    USUAL,
    /** {@code https://host/bucket/key}. */
    PATH,
    /** {@code https://bucket.host/key}. */
    VIRTUAL
  }

  /**
   * Where the bucket is.
   *
   * @param url of a server other than AWS
   * @param region of the bucket; where it is absent, on AWS it is found out, and other servers
   *     accept {@code us-east-1}
   * @param addressing where the bucket's name goes
   * @param dualStack AWS's addresses that have IPv6, too
   * @param fips AWS's addresses with validated cryptography
   */
  public record Endpoint(
      Optional<URI> url,
      Optional<String> region,
      Addressing addressing,
      boolean dualStack,
      boolean fips) {
    public static final Endpoint AWS = new Endpoint(Optional.empty(), Optional.empty(), false);

    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9_-]{1,63}");

    public Endpoint {
      url.ifPresent(Endpoint::check);
      if (url.isPresent() && (dualStack || fips))
        throw new IllegalArgumentException(
            "dual stack and FIPS choose among AWS's own addresses: not together with the URL "
                + url.get());
      region
          .filter(name -> !REGION.matcher(name).matches())
          .ifPresent(
              name -> {
                throw new IllegalArgumentException("not a region: '" + name + "'");
              });
      Optional<String> named =
          url.map(URI::getHost).flatMap(AwsHost::parse).flatMap(AwsHost::region);
      region = region.or(() -> named);
    }

    public Endpoint(Optional<URI> url, Optional<String> region, boolean pathStyle) {
      this(url, region, pathStyle ? Addressing.PATH : Addressing.USUAL, false, false);
    }

    /** The bucket in the path: only few servers other than AWS resolve it in the host's name. */
    public boolean pathStyle() {
      return switch (addressing) {
        case USUAL -> isForeign();
        case PATH -> true;
        case VIRTUAL -> false;
      };
    }

    /** Whether the server is on this machine, told by its name. */
    public boolean isHere() {
      return url.filter(u -> Loopback.is(u.getHost())).isPresent();
    }

    /** Whether connections are encrypted. */
    boolean hasTls() {
      return url.filter(u -> u.getScheme().equalsIgnoreCase("http")).isEmpty();
    }

    /** A server that is not AWS. */
    boolean isForeign() {
      return url.filter(u -> !AwsHost.isAws(u.getHost())).isPresent();
    }

    private static void check(URI url) {
      if (String.valueOf(url.getRawAuthority()).indexOf('@') >= 0)
        throw new IllegalArgumentException(
            "the URL of an endpoint holds no login: give credentials as AWS's tools take them");
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
   * @param profile of the AWS configuration files; it may name a region, so it may go with {@code
   *     anonymous}
   * @param anonymous without credentials, for public buckets
   * @param requesterPays agreed that we pay for the requests
   * @param owner the account that must own the bucket; else S3 refuses every request
   * @param keys instead of what the SDK's chain finds
   */
  public record Access(
      Optional<String> profile,
      boolean anonymous,
      boolean requesterPays,
      Optional<String> owner,
      Optional<Keys> keys) {
    public static final Access USUAL = new Access(Optional.empty(), false, false);

    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");

    public Access {
      owner
          .filter(account -> !ACCOUNT.matcher(account).matches())
          .ifPresent(
              account -> {
                throw new IllegalArgumentException(
                    "the owner of a bucket is an account's id of 12 digits, not '" + account + "'");
              });
      if (anonymous && requesterPays)
        throw new IllegalArgumentException(
            "whoever pays has to be known: requester pays needs credentials");
      if (anonymous && keys.isPresent())
        throw new IllegalArgumentException("either anonymous, or with keys");
    }

    public Access(
        Optional<String> profile,
        boolean anonymous,
        boolean requesterPays,
        Optional<String> owner) {
      this(profile, anonymous, requesterPays, owner, Optional.empty());
    }

    public Access(Optional<String> profile, boolean anonymous, boolean requesterPays) {
      this(profile, anonymous, requesterPays, Optional.empty());
    }

    /** With keys that the program itself has. */
    public static Access with(Keys keys) {
      return new Access(Optional.empty(), false, false, Optional.empty(), Optional.of(keys));
    }
  }

  /**
   * Over which connections.
   *
   * @param connections how many requests at once, at least 1
   * @param patience how long anything may take
   * @param proxy in between
   * @param caBundle a PEM file of authorities to trust beside Java's own
   * @param agent who is asking, for the server's logs: {@code sluice/1.0}
   */
  public record Transport(
      int connections,
      Patience patience,
      Optional<Proxy> proxy,
      Optional<Path> caBundle,
      String agent) {
    public Transport {
      if (connections < 1) throw new IllegalArgumentException("connections " + connections);
    }

    public static Transport of(int connections) {
      return new Transport(
          connections, Patience.USUAL, Optional.empty(), Optional.empty(), "sluice");
    }

    Transport withPatience(Patience other) {
      return new Transport(connections, other, proxy, caBundle, agent);
    }
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
