package io.sluice.launcher.upload;

import io.sluice.launcher.bucket.BucketAddress;
import io.sluice.launcher.bucket.ObjectAddress;
import io.sluice.launcher.cli.Failure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** An object by its bucket and its key. */
final class TargetOptions {
  @Option(
      names = {"-b", "--bucket", "--bucket-name", "--s3-bucket"},
      paramLabel = "BUCKET",
      description = "Where the object is: a name, or a URL as for mount, without a prefix.")
  private @Nullable BucketAddress bucket;

  @Option(
      names = {"-k", "--key", "--s3-key"},
      paramLabel = "KEY",
      description = "Its key, verbatim.")
  private @Nullable String key;

  /** Where one of both is given. */
  Optional<ObjectAddress> given() throws Failure {
    if (bucket == null && key == null) return Optional.empty();
    if (bucket == null) throw Failure.usage("no bucket: give one with --bucket");
    if (key == null || key.isEmpty()) throw Failure.usage("no key: give one with --key");
    if (!bucket.prefix().isEmpty())
      throw Failure.usage("--bucket %s has a prefix: put it into --key".formatted(bucket));
    try {
      return Optional.of(new ObjectAddress(bucket, key));
    } catch (IllegalArgumentException e) {
      throw Failure.usage("--key: " + e.getMessage());
    }
  }

  ObjectAddress required() throws Failure {
    return given()
        .orElseThrow(() -> Failure.usage("no object: give its URL, or its --bucket and its --key"));
  }
}
