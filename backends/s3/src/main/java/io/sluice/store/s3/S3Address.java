package io.sluice.store.s3;

import io.sluice.store.s3.S3Settings.Addressing;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bucket of S3 as a URL names it, with all that it says about how to reach it:
 *
 * <pre>
 * s3://models/llama
 * s3+https://minio.example.com:9000/models/llama?region=lab-1&amp;profile=lab
 * s3+https://models.minio.example.com/llama?addressing=virtual
 * s3+https://models.s3.eu-west-3.amazonaws.com/llama
 * s3+http://127.0.0.1:9000/models
 * </pre>
 *
 * <p>The bucket is in the host's name where that has a label {@code s3} or {@code s3-...} behind
 * it, or where {@code addressing=virtual} says so; else it is the first part of the path.
 *
 * @param bucket its name
 * @param prefix what follows it, without the slash between them
 * @param endpoint where it is, if the URL says so; on AWS with the region that its host names, else
 *     with the URL of a server
 * @param profile the AWS profile that is named
 */
public record S3Address(
    String bucket,
    String prefix,
    Optional<S3Settings.Endpoint> endpoint,
    Optional<String> profile) {
  private static final String FORMS =
      "write s3://bucket[/prefix], s3+https://host[:port]/bucket[/prefix] or"
          + " s3+https://bucket.s3.REGION.amazonaws.com[/prefix]";

  /** The last of them, so that a bucket keeps its dots. */
  private static final Pattern IN_HOST = Pattern.compile("(?<bucket>.+)\\.(?<server>s3[.-].+)");

  private static final Pattern FIRST_LABEL = Pattern.compile("(?<bucket>[^.]+)\\.(?<server>.+)");

  /** A bucket of AWS, or of the server that other settings name. */
  public static S3Address of(String bucket, String prefix) {
    return new S3Address(bucket, prefix, Optional.empty(), Optional.empty());
  }

  /**
   * Reads a URL. What follows {@code s3://bucket/} is taken as it is written; in the other forms
   * {@code %20} is a space.
   *
   * @throws IllegalArgumentException where it is none, with what to write instead; a login in it is
   *     not shown
   */
  public static S3Address parse(String text) {
    if (text.startsWith("s3://")) return plain(text.substring("s3://".length()));
    if (text.startsWith("s3+https://")) return withHost("https", text);
    if (text.startsWith("s3+http://")) return withHost("http", text);
    throw notOne(FORMS);
  }

  private static S3Address plain(String rest) {
    int slash = rest.indexOf('/');
    String bucket = slash < 0 ? rest : rest.substring(0, slash);
    if (bucket.indexOf('@') >= 0) throw login();
    if (bucket.isEmpty()) throw notOne("it names no bucket: " + FORMS);
    return of(bucket, slash < 0 ? "" : rest.substring(slash + 1));
  }

  private static S3Address withHost(String scheme, String text) {
    URI url;
    try {
      url = new URI(scheme + text.substring(text.indexOf(':')));
    } catch (URISyntaxException e) {
      // Its message shows the text, and a login with it.
      throw notOne("it is not a URL (a space in one is %20): " + FORMS);
    }
    if (String.valueOf(url.getRawAuthority()).indexOf('@') >= 0) throw login();
    if (url.getHost() == null) throw notOne("it names no host: " + FORMS);
    if (url.getRawFragment() != null) throw notOne("write %23 for a # in the prefix");
    String server = url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    if (scheme.equals("http") && !Loopback.is(url.getHost()))
      throw notOne(
          "s3+http:// is for this machine only, because everybody in between could read along:"
              + " write s3+https://, or s3:// with --endpoint-url http://%s to do it deliberately"
                  .formatted(server));
    UrlFlags flags = UrlFlags.parse(Optional.ofNullable(url.getRawQuery()));
    String host = url.getHost().toLowerCase(Locale.ROOT);
    return AwsHost.isAws(host) ? onAws(host, url, flags) : elsewhere(host, url, flags);
  }

  /** The host says the region, so that the SDK's own rules find the host again, or a better one. */
  private static S3Address onAws(String host, URI url, UrlFlags flags) {
    AwsHost aws =
        AwsHost.parse(host)
            .orElseThrow(() -> notOne(host + " is a host of AWS, but not one of S3: " + FORMS));
    if (url.getPort() >= 0) throw notOne("leave the port out: AWS has no other");
    boolean isInHost = aws.bucket().isPresent();
    boolean isAsSaid =
        switch (flags.addressing()) {
          case USUAL -> true;
          case PATH -> !isInHost;
          case VIRTUAL -> isInHost;
        };
    if (!isAsSaid)
      throw notOne(
          "the bucket is %s, so leave addressing= out"
              .formatted(isInHost ? "in the host's name" : "in the path"));
    var endpoint =
        new S3Settings.Endpoint(
            Optional.empty(),
            flags.region().or(aws::region),
            flags.addressing(),
            aws.dualStack(),
            aws.fips());
    return at(endpoint, aws.bucket(), url, flags);
  }

  private static S3Address elsewhere(String host, URI url, UrlFlags flags) {
    Matcher inHost = IN_HOST.matcher(host);
    Matcher firstLabel = FIRST_LABEL.matcher(host);
    Optional<Matcher> apart =
        switch (flags.addressing()) {
          case PATH -> Optional.empty();
          case USUAL -> Optional.of(inHost).filter(Matcher::matches);
          case VIRTUAL ->
              Optional.of(
                  Optional.of(inHost)
                      .filter(Matcher::matches)
                      .or(() -> Optional.of(firstLabel).filter(Matcher::matches))
                      .orElseThrow(() -> notOne("its host's name has no bucket in front")));
        };
    String server = apart.map(parts -> parts.group("server")).orElse(host);
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    var endpoint =
        new S3Settings.Endpoint(
            Optional.of(URI.create(url.getScheme() + "://" + server + port)),
            flags.region(),
            apart.isPresent() ? Addressing.VIRTUAL : flags.addressing(),
            false,
            false);
    return at(endpoint, apart.map(parts -> parts.group("bucket")), url, flags);
  }

  private static S3Address at(
      S3Settings.Endpoint endpoint, Optional<String> inHost, URI url, UrlFlags flags) {
    String path = url.getPath().isEmpty() ? "" : url.getPath().substring(1);
    S3Address inPath = inHost.isPresent() ? of(inHost.get(), path) : plain(path);
    return new S3Address(inPath.bucket(), inPath.prefix(), Optional.of(endpoint), flags.profile());
  }

  static IllegalArgumentException notOne(String why) {
    return new IllegalArgumentException("not the URL of a bucket: " + why);
  }

  private static IllegalArgumentException login() {
    return notOne("leave the login out: credentials come from where AWS's tools take them");
  }
}
