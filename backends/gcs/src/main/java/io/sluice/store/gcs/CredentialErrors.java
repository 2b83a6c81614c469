package io.sluice.store.gcs;

import com.google.api.client.http.HttpResponseException;
import com.google.auth.Retryable;
import io.sluice.store.StoreException;
import java.util.Optional;

/**
 * What went wrong in getting a token, before the store was asked at all. The messages of the login
 * are not passed on: they hold requests and answers of a service that deals in secrets.
 */
final class CredentialErrors {
  private CredentialErrors() {}

  /** Empty where it was not the login that failed. */
  static Optional<StoreException> of(String subject, Exception e) {
    boolean isLogin = false;
    Optional<HttpResponseException> answer = Optional.empty();
    String said = "";
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      isLogin |= cause instanceof Retryable || isOfTheLogin(cause);
      if (cause instanceof HttpResponseException response) answer = Optional.of(response);
      said += cause.getMessage();
    }
    if (!isLogin) return Optional.empty();
    return Optional.of(translated(subject, e, answer, said));
  }

  /** The metadata server's and the files' failures are plain exceptions of the SDK's package. */
  private static boolean isOfTheLogin(Throwable e) {
    StackTraceElement[] trace = e.getStackTrace();
    return trace.length > 0 && trace[0].getClassName().startsWith("com.google.auth.");
  }

  private static StoreException translated(
      String subject, Exception e, Optional<HttpResponseException> answer, String said) {
    if (said.contains("invalid_grant") && (said.contains("JWT") || said.contains("iat")))
      return new StoreException.Denied(
          "the clock of this machine is wrong, or the key was deleted (invalid_grant): " + subject,
          null);
    if (said.contains("invalid_grant"))
      return new StoreException.Denied(
          "the login has expired (invalid_grant): run gcloud auth application-default login: "
              + subject,
          null);
    int status = answer.map(HttpResponseException::getStatusCode).orElse(0);
    if (answer.isEmpty() || status >= 500 || status == 429)
      return new StoreException.Unavailable(
          "no token from the login service: %s: %s".formatted(reason(e, answer), subject), null);
    return new StoreException.Denied(
        "invalid credentials: the login service refuses them (%d): %s".formatted(status, subject),
        null);
  }

  private static String reason(Exception e, Optional<HttpResponseException> answer) {
    return answer
        .map(response -> "it answers " + response.getStatusCode())
        .orElseGet(() -> GcsErrors.causes(e));
  }
}
