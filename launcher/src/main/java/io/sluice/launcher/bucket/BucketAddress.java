package io.sluice.launcher.bucket;

import io.sluice.store.s3.S3Address;
import io.sluice.store.s3.S3Settings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What to mount, as the user names it: {@code models}, {@code s3://models/llama}, {@code
 * s3+https://minio:9000/models}, {@code gs://models/llama} or {@code file:///srv/models}.
 */
public sealed interface BucketAddress {
  /** The part of the bucket that is shown: empty, or ending with a slash. */
  String prefix();

  /** What any message about the bucket mentions: its name, or its directory. */
  String name();

  /** The same bucket, another part of it. */
  BucketAddress withPrefix(String prefix);

  /** As {@code df} and the ready line show it. */
  @Override
  String toString();

  /**
   * A bucket of S3, or of a server that speaks its protocol.
   *
   * @param endpoint where it is, if the address says so
   * @param profile the AWS profile, if the address names one
   */
  record S3(
      String bucket,
      String prefix,
      Optional<S3Settings.Endpoint> endpoint,
      Optional<String> profile)
      implements BucketAddress {
    public S3 {
      prefix = normalized(prefix);
    }

    S3(String bucket, String prefix) {
      this(bucket, prefix, Optional.empty(), Optional.empty());
    }

    S3(S3Address url) {
      this(url.bucket(), url.prefix(), url.endpoint(), url.profile());
    }

    @Override
    public String name() {
      return bucket;
    }

    @Override
    public S3 withPrefix(String other) {
      return new S3(bucket, other, endpoint, profile);
    }

    @Override
    public String toString() {
      return "s3://" + bucket + (prefix.isEmpty() ? "" : "/" + withoutSlash(prefix));
    }
  }

  /** A bucket of Google Cloud Storage. */
  record Gcs(String bucket, String prefix) implements BucketAddress {
    public Gcs {
      prefix = normalized(prefix);
    }

    @Override
    public String name() {
      return bucket;
    }

    @Override
    public Gcs withPrefix(String other) {
      return new Gcs(bucket, other);
    }

    @Override
    public String toString() {
      return "gs://" + bucket + (prefix.isEmpty() ? "" : "/" + withoutSlash(prefix));
    }
  }

  /** A directory that stands for a bucket. */
  record Local(Path directory, String prefix) implements BucketAddress {
    public Local {
      prefix = normalized(prefix);
    }

    @Override
    public String name() {
      return directory.toString();
    }

    @Override
    public Local withPrefix(String other) {
      return new Local(directory, other);
    }

    @Override
    public String toString() {
      return "file://" + directory + (prefix.isEmpty() ? "" : "/" + withoutSlash(prefix));
    }
  }

  Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):/*(.*)", Pattern.DOTALL);

  /**
   * Reads an address. A bare name is a bucket of S3.
   *
   * @throws IllegalArgumentException where it is none, with what to write instead
   */
  static BucketAddress parse(String text) {
    Matcher address = SCHEME.matcher(text);
    if (!address.matches()) return named(text);
    return switch (address.group(1)) {
      case "s3", "s3+https", "s3+http" -> new S3(S3Address.parse(text));
      case "gs" -> gcs(text);
      case "gcs" ->
          throw new IllegalArgumentException(
              "'%s' is not a bucket: write gs://bucket[/prefix]".formatted(text));
      case "file" -> local(text);
      default ->
          throw new IllegalArgumentException(
              "%s is not a bucket: write a name, s3://bucket[/prefix], gs://bucket[/prefix] or file:///directory"
                  .formatted(shown(text)));
    };
  }

  /** A login is not shown. */
  private static String shown(String text) {
    return text.indexOf('@') >= 0 ? "this URL with a login" : "'" + text + "'";
  }

  private static Gcs gcs(String text) {
    String start = "gs://";
    String bucketAndPrefix = text.substring(Math.min(start.length(), text.length()));
    int slash = bucketAndPrefix.indexOf('/');
    String bucket = slash < 0 ? bucketAndPrefix : bucketAndPrefix.substring(0, slash);
    if (!text.startsWith(start) || slash == 0 || bucket.indexOf('@') >= 0)
      throw new IllegalArgumentException(
          shown(text) + " is not a bucket: write gs://bucket[/prefix]");
    if (bucket.isEmpty())
      throw new IllegalArgumentException(
          "'%s' names no bucket: write gs://bucket[/prefix]".formatted(text));
    return new Gcs(bucket, slash < 0 ? "" : bucketAndPrefix.substring(slash + 1));
  }

  private static S3 named(String text) {
    int slash = text.indexOf('/');
    String bucket = slash < 0 ? text : text.substring(0, slash);
    if (bucket.isEmpty())
      throw new IllegalArgumentException(
          "'%s' names no bucket: write a name or s3://bucket[/prefix]; a local directory is file:///directory"
              .formatted(text));
    if (bucket.equals(".") || bucket.equals("..") || bucket.startsWith("~"))
      throw new IllegalArgumentException(
          "'%s' is not a bucket: a local directory is file:///directory".formatted(text));
    return new S3(bucket, slash < 0 ? "" : text.substring(slash + 1));
  }

  /** Taken as it is written: what a shell completes has no percent escapes in it. */
  private static Local local(String text) {
    if (!text.startsWith("file:///"))
      throw new IllegalArgumentException(
          "'%s' is not a directory: write file:///absolute/directory".formatted(text));
    return new Local(Path.of(text.substring("file://".length())).normalize(), "");
  }

  private static String normalized(String prefix) {
    Optional<String> problem = problem(prefix);
    if (problem.isPresent())
      throw new IllegalArgumentException("prefix '" + prefix + "': " + problem.get());
    return prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
  }

  private static Optional<String> problem(String prefix) {
    if (prefix.startsWith("/")) return Optional.of("leave the slash at its start out");
    if (prefix.indexOf('\0') >= 0) return Optional.of("leave the NUL out");
    return Optional.empty();
  }

  private static String withoutSlash(String prefix) {
    return prefix.substring(0, prefix.length() - 1);
  }
}
