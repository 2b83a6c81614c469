package io.sluice.launcher.bucket;

import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.OneLine;
import io.sluice.store.StoreException;
import java.util.List;
import java.util.Optional;

/** What a user can do about a bucket that does not answer as it should. */
public final class BucketHint {
  /** Words of advice in the messages of the store itself. */
  private static final List<String> SAID =
      List.of("credentials", "--region", "--endpoint-url", "check ", "try again");

  private BucketHint() {}

  /** What went wrong in asking a bucket, with the hint. */
  public static Failure failure(BucketAddress bucket, StoreException e) {
    String text = OneLine.of(String.valueOf(e.getMessage()));
    String subject = text.contains(bucket.name()) ? "" : bucket + ": ";
    String hint = of(bucket, e).map(advice -> ": " + advice).orElse("");
    return new Failure(ExitCode.BUCKET, subject + text + hint, e);
  }

  /** Empty where the store's own message says it already. */
  static Optional<String> of(BucketAddress bucket, StoreException e) {
    String said = String.valueOf(e.getMessage());
    return switch (bucket) {
      case BucketAddress.Local _ -> Optional.of(forDirectory(e));
      case BucketAddress.S3 _ when SAID.stream().anyMatch(said::contains) -> Optional.empty();
      case BucketAddress.S3 _ -> Optional.of(forS3(e));
      case BucketAddress.Gcs _
          when said.contains("credentials") || said.contains("login") || said.contains("--") ->
          Optional.empty();
      case BucketAddress.Gcs _ -> Optional.of(forGcs(e));
    };
  }

  private static String forDirectory(StoreException e) {
    return e instanceof StoreException.Denied ? "check its permissions" : "check the directory";
  }

  private static String forS3(StoreException e) {
    return switch (e) {
      case StoreException.NotFound _ -> "check the name, --endpoint-url and --region";
      case StoreException.Denied _ ->
          "check the credentials, and that they may list the bucket (s3:ListBucket)";
      case StoreException.Unavailable _, StoreException.Throttled _ ->
          "check the network and --endpoint-url, or try again later";
      case StoreException.Invalid _,
          StoreException.Unsupported _,
          StoreException.Changed _,
          StoreException.Conflict _,
          StoreException.TooLarge _,
          StoreException.RangeNotSatisfiable _ ->
          "check --endpoint-url, --region and --aws-profile";
    };
  }

  private static String forGcs(StoreException e) {
    return switch (e) {
      case StoreException.NotFound _ -> "check the name and --endpoint-url";
      case StoreException.Denied _ ->
          "check the credentials, and that they may list the bucket (storage.objects.list)";
      case StoreException.Unavailable _, StoreException.Throttled _ ->
          "check the network and --endpoint-url, or try again later";
      case StoreException.Invalid _,
          StoreException.Unsupported _,
          StoreException.Changed _,
          StoreException.Conflict _,
          StoreException.TooLarge _,
          StoreException.RangeNotSatisfiable _ ->
          "check --endpoint-url";
    };
  }
}
