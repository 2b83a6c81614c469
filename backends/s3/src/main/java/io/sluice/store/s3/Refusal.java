package io.sluice.store.s3;

import io.sluice.store.StoreException;
import java.util.Set;

/**
 * What a refusal of S3 means: by its status where that says enough, else by its error code (S3 API
 * reference, "Error responses", and what MinIO and Ceph send). Pure.
 */
enum Refusal {
  NOT_FOUND,
  CHANGED,
  CONFLICT,
  DENIED,
  THROTTLED,
  UNAVAILABLE,
  TOO_LARGE,
  RANGE,
  UNSUPPORTED,
  INVALID;

  /** MinIO says it with 507 or 400, Ceph with 403: a status that means something else. */
  private static final Set<String> FULL =
      Set.of("XMinioStorageFull", "XMinioAdminBucketQuotaExceeded", "QuotaExceeded");

  StoreException exception(String message, Throwable cause) {
    return switch (this) {
      case NOT_FOUND -> new StoreException.NotFound(message, cause);
      case CHANGED -> new StoreException.Changed(message, cause);
      case CONFLICT -> new StoreException.Conflict(message, cause);
      case DENIED -> new StoreException.Denied(message, cause);
      case THROTTLED -> new StoreException.Throttled(message, cause);
      case UNAVAILABLE -> new StoreException.Unavailable(message, cause);
      case TOO_LARGE -> new StoreException.TooLarge(message, cause);
      case RANGE -> new StoreException.RangeNotSatisfiable(message, cause);
      case UNSUPPORTED -> new StoreException.Unsupported(message, cause);
      case INVALID -> new StoreException.Invalid(message, cause);
    };
  }

  static Refusal of(int status, String code) {
    if (FULL.contains(code)) return TOO_LARGE;
    return switch (status) {
      case 401, 403 -> DENIED;
      case 404 -> NOT_FOUND;
      case 405, 501 -> UNSUPPORTED;
      case 409 -> CONFLICT;
      case 412 -> CHANGED;
      case 413, 507 -> TOO_LARGE;
      case 416 -> RANGE;
      case 429 -> THROTTLED;
      default -> byCode(status, code);
    };
  }

  private static Refusal byCode(int status, String code) {
    return switch (code) {
      case "NoSuchKey", "NoSuchBucket", "NoSuchUpload", "NoSuchVersion", "NotFound" -> NOT_FOUND;
      case "AccessDenied", "AllAccessDisabled", "AccountProblem", "InvalidAccessKeyId" -> DENIED;
      case "SignatureDoesNotMatch", "InvalidToken", "RequestTimeTooSkewed" -> DENIED;
      case "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired" -> DENIED;
      case "InvalidIdentityToken", "InvalidObjectState" -> DENIED;
      case "SlowDown", "SlowDownRead", "SlowDownWrite", "TooManyRequests" -> THROTTLED;
      case "RequestLimitExceeded", "Throttling", "ThrottlingException" -> THROTTLED;
      case "PreconditionFailed" -> CHANGED;
      case "ConditionalRequestConflict", "OperationAborted" -> CONFLICT;
      case "EntityTooLarge" -> TOO_LARGE;
      case "InvalidRange" -> RANGE;
      case "NotImplemented", "MethodNotAllowed" -> UNSUPPORTED;
      // Under status 200 as well; and what comes right when it is sent again.
      case "InternalError", "ServiceUnavailable", "RequestTimeout" -> UNAVAILABLE;
      case "BadDigest", "XAmzContentChecksumMismatch", "XAmzContentSHA256Mismatch" -> UNAVAILABLE;
      case "IncompleteBody" -> UNAVAILABLE;
      default -> status >= 500 || status == 408 ? UNAVAILABLE : INVALID;
    };
  }

  /**
   * What whoever reads the message can do.
   *
   * @param operation that was refused, by its first word: GET, HEAD and LIST read, DELETE deletes,
   *     anything else writes
   */
  String advice(String operation, String code) {
    if (FULL.contains(code))
      return "the bucket's quota or the server's disk is used up: delete something, or have it"
          + " raised";
    return switch (code) {
      case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken" ->
          "invalid credentials: check the access key, the secret and the session token";
      case "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired" ->
          "the credentials have expired: renew them (aws sso login, or a new AWS_SESSION_TOKEN with"
              + " its keys) and start again";
      case "InvalidIdentityToken" ->
          "the token of the web identity is not accepted: check the credentials of the role";
      case "RequestTimeTooSkewed" -> "the clock of this machine is wrong: set it";
      case "InvalidObjectState" -> "archived: restore the object first";
      case "AllAccessDisabled", "AccountProblem" ->
          "the bucket or its account is disabled: ask its owner";
      case "NoSuchUpload" -> "the upload was completed or aborted meanwhile: start it again";
      default -> advice(Purpose.of(operation));
    };
  }

  private enum Purpose {
    READING,
    DELETING,
    WRITING;

    static Purpose of(String operation) {
      return switch (operation.replaceAll(" .*", "")) {
        case "GET", "HEAD", "LIST", "opening", "listing", "presigning" -> READING;
        case "DELETE" -> DELETING;
        default -> WRITING;
      };
    }
  }

  private String advice(Purpose purpose) {
    return switch (this) {
      case NOT_FOUND -> "check the name";
      case CHANGED ->
          purpose == Purpose.READING
              ? "it was replaced meanwhile: open it again"
              : "there is one already, or another version of it: look at it";
      case CONFLICT -> "somebody else is changing it at this moment: try again";
      case DENIED ->
          "not allowed: check the credentials, and that they may do this ("
              + switch (purpose) {
                case READING -> "s3:ListBucket to list, s3:GetObject to read)";
                case DELETING -> "s3:DeleteObject)";
                case WRITING -> "s3:PutObject)";
              };
      case THROTTLED ->
          "the server wants fewer requests: lower --parallelism (--concurrency of a transfer) or try"
              + " again later";
      case UNAVAILABLE -> "the server has a problem: try again later";
      case TOO_LARGE -> "larger than the server takes: write it in smaller pieces";
      case RANGE -> "the object is shorter than that: open it again";
      case UNSUPPORTED -> "the server does not offer this: check --endpoint-url";
      case INVALID ->
          "the server does not accept the request: check --endpoint-url, and any proxy in between";
    };
  }
}
