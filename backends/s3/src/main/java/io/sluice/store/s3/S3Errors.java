package io.sluice.store.s3;

import io.sluice.store.StoreException;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What the SDK threw, as a {@link StoreException} that names the operation, the object and the
 * request, and says what to do. The one place where its exceptions become ours.
 */
final class S3Errors {
  private final String bucket;

  S3Errors(String bucket) {
    this.bucket = bucket;
  }

  StoreException translate(String operation, String key, Exception e) {
    String subject = operation + " s3://" + bucket + (key.isEmpty() ? "" : "/" + key);
    return switch (e) {
      case StoreException ours -> ours;
      case AwsServiceException answer -> answered(subject, operation, answer);
      default -> Silence.translate(subject, e);
    };
  }

  private StoreException answered(String subject, String operation, AwsServiceException e) {
    String code = code(e);
    String text = text(subject, code, e);
    // A listing that is not found is never one of no keys.
    if (code.equals("NoSuchBucket") || (operation.equals("LIST") && e.statusCode() == 404))
      return new StoreException.NotFound(
          "no bucket named %s: %s: check the name, --endpoint-url and --region"
              .formatted(bucket, text),
          e);
    Optional<String> region = Redirection.region(e);
    boolean isElsewhere = Redirection.isOne(e) || (e.statusCode() == 400 && region.isPresent());
    if (isElsewhere)
      return new StoreException.Invalid(
          "%s: the bucket is in another region%s: give it with --region"
              .formatted(text, region.map(name -> " (" + name + ")").orElse("")),
          e);
    Refusal refusal = Refusal.of(e.statusCode(), code);
    return refusal.exception(text + ": " + refusal.advice(operation, code), e);
  }

  private static String code(AwsServiceException e) {
    return Optional.ofNullable(e.awsErrorDetails()).map(AwsErrorDetails::errorCode).orElse("");
  }

  private static String text(String subject, String code, AwsServiceException e) {
    String message =
        Optional.ofNullable(e.awsErrorDetails())
            .map(AwsErrorDetails::errorMessage)
            .filter(m -> !m.isBlank())
            .orElse("refused");
    String named = code.isEmpty() ? "" : " " + code;
    String request = e.requestId() == null ? "" : ", request " + e.requestId();
    return "%s: %s (%d%s%s)".formatted(subject, message, e.statusCode(), named, request);
  }
}
