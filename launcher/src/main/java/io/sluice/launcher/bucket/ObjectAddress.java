package io.sluice.launcher.bucket;

import io.sluice.launcher.cli.Failure;
import io.sluice.store.s3.S3Address;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One object, as a command names it: {@code s3://models/llama/config.json}, {@code
 * gs://models/x.gguf}, {@code s3+https://minio:9000/models/x} or {@code file:///srv/models/x}.
 *
 * @param bucket the whole bucket, without a prefix
 * @param key verbatim, and perhaps empty: then it is the bucket that is named
 */
public record ObjectAddress(BucketAddress bucket, String key) {
  public ObjectAddress {
    if (!bucket.prefix().isEmpty())
      throw new IllegalArgumentException("a bucket and its prefix: " + bucket);
    if (key.indexOf('\0') >= 0) throw new IllegalArgumentException("leave the NUL out of the key");
  }

  /** Whether a text is a URL, rather than the path of a local file. */
  public static boolean isOne(String text) {
    return text.matches("(?s)[A-Za-z][A-Za-z0-9+.-]*://.*");
  }

  /**
   * Reads a URL. What follows {@code s3://bucket/} and {@code gs://bucket/} is the key as it is
   * written, slashes at its start and its end included.
   *
   * @throws IllegalArgumentException where it is none, with what to write instead
   */
  public static ObjectAddress parse(String text) {
    if (text.startsWith("s3://") || text.startsWith("s3+")) return inS3(S3Address.parse(text));
    if (text.startsWith("gs://")) return inGcs(text);
    if (text.startsWith("file:///")) return inDirectory(text);
    throw new IllegalArgumentException(
        "'%s' is no object: write s3://bucket/key, gs://bucket/key, s3+https://host/bucket/key or file:///directory/key"
            .formatted(text));
  }

  /** Reads a URL that somebody typed. */
  public static ObjectAddress given(String url) throws Failure {
    try {
      return parse(url);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(String.valueOf(e.getMessage()));
    }
  }

  /** This, where it is an object that is named, and not a whole bucket. */
  public ObjectAddress requireKey() throws Failure {
    if (!key.isEmpty()) return this;
    throw Failure.usage(
        "%s names a bucket, and no object in it: write %s/KEY".formatted(this, bucket));
  }

  private static ObjectAddress inS3(S3Address url) {
    var bucket = new BucketAddress.S3(url.bucket(), "", url.endpoint(), url.profile());
    return new ObjectAddress(bucket, url.prefix());
  }

  private static ObjectAddress inGcs(String text) {
    String rest = text.substring("gs://".length());
    int slash = rest.indexOf('/');
    String bucket = slash < 0 ? text : text.substring(0, text.length() - rest.length() + slash);
    return new ObjectAddress(
        BucketAddress.parse(bucket), slash < 0 ? "" : rest.substring(slash + 1));
  }

  /** The directory that a file is in stands for its bucket. */
  private static ObjectAddress inDirectory(String text) {
    Path path = Path.of(text.substring("file://".length())).normalize();
    Path name = path.getFileName();
    boolean isBucket = text.endsWith("/") || name == null;
    Path directory = Optional.ofNullable(isBucket ? path : path.getParent()).orElse(path);
    return new ObjectAddress(
        new BucketAddress.Local(directory, ""), isBucket || name == null ? "" : name.toString());
  }

  /** As it is written. */
  @Override
  public String toString() {
    return bucket + "/" + key;
  }
}
