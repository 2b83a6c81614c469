package io.sluice.store.gcs;

import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpResponseException;
import com.google.gson.JsonParseException;
import com.google.gson.stream.MalformedJsonException;
import io.sluice.store.StoreException;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

/**
 * What the SDK threw, as a {@link StoreException}: by status first, then by the reason that the
 * answer gives. The one place where its exceptions become ours.
 */
final class GcsErrors {
  private static final String REQUEST_ID = "x-guploader-uploadid";

  private final String bucket;

  GcsErrors(String bucket) {
    this.bucket = bucket;
  }

  /** Of an object, or of the bucket where the key is empty. */
  String subject(String operation, String key) {
    return operation + " gs://" + bucket + (key.isEmpty() ? "" : "/" + key);
  }

  StoreException translate(String operation, String key, Exception e) {
    if (e instanceof StoreException ours) return ours;
    String subject = subject(operation, key);
    Optional<StoreException> login = CredentialErrors.of(subject, e);
    if (login.isPresent()) return login.get();
    return switch (e) {
      case HttpResponseException answer -> answered(subject, operation, answer);
      case MalformedJsonException _, EOFException _, JsonParseException _ -> malformed(subject, e);
      case RuntimeException _ -> refused(subject, e);
      default -> new StoreException.Unavailable(subject + ": " + causes(e), e);
    };
  }

  /** A 404 is about the object, or about all of the bucket. */
  boolean saysThatTheBucketIsMissing(HttpResponseException e) {
    return Refusal.of(e).saysThatTheBucketIsMissing();
  }

  private StoreException malformed(String subject, Exception e) {
    return new StoreException.Invalid(subject + ": not an answer of Cloud Storage: " + e, e);
  }

  /** The client's own refusals: a closed pool says so, a wrong answer is told by the parser. */
  private StoreException refused(String subject, Exception e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("shut down") || message.contains("closed")
        ? new StoreException.Unavailable(subject + ": the store is closed", e)
        : malformed(subject, e);
  }

  private StoreException answered(String subject, String operation, HttpResponseException e) {
    var refusal = Refusal.of(e);
    String text =
        "%s: %s (%d%s%s)"
            .formatted(
                subject,
                refusal.message(),
                e.getStatusCode(),
                refusal.reason().isEmpty() ? "" : " " + refusal.reason(),
                refusal.request().map(id -> ", request " + id).orElse(""));
    return switch (refusal.reason()) {
      case "rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "dailyLimitExceeded" ->
          new StoreException.Throttled(text, e);
      case "userProjectMissing", "userProjectInconsistent" ->
          new StoreException.Denied(
              "the bucket's readers pay: give the project that does with --billing-project: "
                  + text,
              e);
      case "accountDisabled", "userProjectAccountProblem", "billingNotEnabled" ->
          new StoreException.Denied(
              "billing: enable it for the project, or ask the owner of the bucket to: " + text, e);
      default -> byStatus(text, operation, refusal, e);
    };
  }

  private StoreException byStatus(
      String text, String operation, Refusal refusal, HttpResponseException e) {
    return switch (e.getStatusCode()) {
      case 400 ->
          refusal.saysThatReadersPay()
              ? new StoreException.Denied(
                  "the bucket's readers pay: give the project that does with --billing-project: "
                      + text,
                  e)
              : new StoreException.Invalid(text, e);
      case 401 -> new StoreException.Denied(unauthorized(refusal) + text, e);
      case 403 -> new StoreException.Denied(text, e);
      case 404 ->
          new StoreException.NotFound(
              refusal.saysThatTheBucketIsMissing() || operation.equals("LIST")
                  ? "no bucket named " + bucket + ": " + text
                  : text,
              e);
      case 408 -> new StoreException.Unavailable(text, e);
      case 409 -> new StoreException.Conflict(text, e);
      case 412 -> new StoreException.Changed(text, e);
      case 413 -> new StoreException.TooLarge(text, e);
      case 416 -> new StoreException.RangeNotSatisfiable(text, e);
      case 429 -> new StoreException.Throttled(text, e);
      case 501 -> new StoreException.Unsupported(text, e);
      default ->
          e.getStatusCode() >= 500
              ? new StoreException.Unavailable(text, e)
              : new StoreException.Invalid(text, e);
    };
  }

  private static String unauthorized(Refusal refusal) {
    return refusal.message().contains("Anonymous caller")
        ? "credentials are needed: leave --no-sign-request out: "
        : "invalid credentials: run gcloud auth application-default login again, or check the file"
            + " in GOOGLE_APPLICATION_CREDENTIALS: ";
  }

  /** The cause that says what happened, in a few words. */
  static String causes(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case UnknownHostException host -> {
          return "unknown host " + host.getMessage();
        }
        case ConnectionRequestTimeoutException _ -> {
          return "no connection was free in time";
        }
        case SocketTimeoutException _ -> {
          return "no answer in time (" + cause.getMessage() + ")";
        }
        case ConnectException _ -> {
          return String.valueOf(cause.getMessage());
        }
        case SSLException _ -> {
          return "TLS: "
              + cause.getMessage()
              + ": check --endpoint-url; for an authority of your own give --ca-bundle";
        }
        default -> {}
      }
    }
    return String.valueOf(e.getMessage());
  }

  /** What an answer says why it refuses, as far as it does. */
  private record Refusal(String reason, String message, Optional<String> request) {
    static Refusal of(HttpResponseException e) {
      Optional<GoogleJsonError> details =
          e instanceof GoogleJsonResponseException json
              ? Optional.ofNullable(json.getDetails())
              : Optional.empty();
      String reason =
          details
              .map(GoogleJsonError::getErrors)
              .filter(errors -> !errors.isEmpty())
              .map(List::getFirst)
              .map(GoogleJsonError.ErrorInfo::getReason)
              .orElse("");
      String message =
          details
              .map(GoogleJsonError::getMessage)
              .or(() -> Optional.ofNullable(e.getStatusMessage()))
              .filter(text -> !text.isBlank())
              .orElse("refused");
      Optional<String> id =
          Optional.ofNullable(e.getHeaders())
              .map(headers -> headers.getFirstHeaderStringValue(REQUEST_ID));
      return new Refusal(reason, message, id);
    }

    boolean saysThatTheBucketIsMissing() {
      return message.contains("bucket does not exist") || message.contains("No such bucket");
    }

    boolean saysThatReadersPay() {
      return message.contains("requester pays");
    }
  }
}
