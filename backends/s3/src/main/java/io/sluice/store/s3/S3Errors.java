package io.sluice.store.s3;

import io.sluice.store.StoreException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What the SDK threw, as a {@link StoreException}: by status first, then by the error code. The one
 * place where its exceptions become ours.
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
      // A listing that is not found is never one of no keys.
      case AwsServiceException answer when answer.statusCode() == 404 && operation.equals("LIST") ->
          noBucket(text(subject, answer), answer);
      case AwsServiceException answer -> answered(subject, answer);
      case SdkException client -> unanswered(subject, client);
      default -> new StoreException.Unavailable(subject + ": " + causes(e), e);
    };
  }

  private StoreException answered(String subject, AwsServiceException e) {
    String code = code(e);
    String text = text(subject, e);
    return switch (code) {
      case "NoSuchBucket" -> noBucket(text, e);
      case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken" ->
          new StoreException.Denied(
              "invalid credentials (%s): check the access key, the secret and the session token: %s"
                  .formatted(code, text),
              e);
      case "RequestTimeTooSkewed" ->
          new StoreException.Denied("the clock of this machine is wrong: " + text, e);
      case "InvalidObjectState" ->
          new StoreException.Denied("archived: restore the object first: " + text, e);
      case "PermanentRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException" ->
          new StoreException.Invalid(
              "the bucket is in another region%s: give it with --region: %s"
                  .formatted(Redirection.region(e).map(r -> " (" + r + ")").orElse(""), text),
              e);
      case "SlowDown", "TooManyRequests", "RequestLimitExceeded" ->
          new StoreException.Throttled(text, e);
      case "RequestTimeout" -> new StoreException.Unavailable(text, e); // a 400 that passes
      default -> byStatus(text, e);
    };
  }

  private static String code(AwsServiceException e) {
    return Optional.ofNullable(e.awsErrorDetails()).map(AwsErrorDetails::errorCode).orElse("");
  }

  private static String text(String subject, AwsServiceException e) {
    String message =
        Optional.ofNullable(e.awsErrorDetails())
            .map(AwsErrorDetails::errorMessage)
            .filter(m -> !m.isBlank())
            .orElse(code(e));
    String request = e.requestId() == null ? "" : ", request " + e.requestId();
    return "%s: %s (%d%s)".formatted(subject, message, e.statusCode(), request);
  }

  private StoreException noBucket(String text, AwsServiceException e) {
    return new StoreException.NotFound("no bucket named " + bucket + ": " + text, e);
  }

  private StoreException byStatus(String text, AwsServiceException e) {
    return switch (e.statusCode()) {
      case 301, 307, 400 ->
          Redirection.region(e)
              .<StoreException>map(
                  region ->
                      new StoreException.Invalid(
                          "the bucket is in region " + region + ": give it with --region: " + text,
                          e))
              .orElseGet(() -> new StoreException.Invalid(text, e));
      case 401, 403 -> new StoreException.Denied(text, e);
      case 404 -> new StoreException.NotFound(text, e);
      case 409 -> new StoreException.Conflict(text, e);
      case 412 -> new StoreException.Changed(text, e);
      case 413 -> new StoreException.TooLarge(text, e);
      case 416 -> new StoreException.RangeNotSatisfiable(text, e);
      case 429 -> new StoreException.Throttled(text, e);
      case 501 -> new StoreException.Unsupported(text, e);
      default ->
          e.statusCode() >= 500 || e.statusCode() == 408
              ? new StoreException.Unavailable(text, e)
              : new StoreException.Invalid(text, e);
    };
  }

  private static StoreException unanswered(String subject, SdkException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("Unable to load credentials"))
      return new StoreException.Denied(
          "no credentials found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or --profile, or"
              + " --no-sign-request for a public bucket: "
              + subject,
          e);
    if (message.contains("Profile file contained no"))
      return new StoreException.Invalid(message + ": " + subject, e);
    return new StoreException.Unavailable(subject + ": " + causes(e), e);
  }

  /** The cause that says what happened, in a few words. */
  private static String causes(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case UnknownHostException host -> {
          return "unknown host " + host.getMessage();
        }
        case ConnectException _ -> {
          return String.valueOf(cause.getMessage());
        }
        case SocketTimeoutException _ -> {
          return "no answer in time (" + cause.getMessage() + ")";
        }
        // The client's words for an exhausted pool.
        case InterruptedIOException pool
            when String.valueOf(pool.getMessage()).startsWith("Timeout deadline") -> {
          return "no connection was free in time";
        }
        case SSLException _ -> {
          return "TLS: %s: for an authority of your own give --ca-bundle"
              .formatted(cause.getMessage());
        }
        default -> {}
      }
    }
    return String.valueOf(e.getMessage());
  }
}
