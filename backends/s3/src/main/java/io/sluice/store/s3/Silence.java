package io.sluice.store.s3;

import io.sluice.store.StoreException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/**
 * Why a request has no answer: it never left, because there are no credentials to sign it with, or
 * the network lost it.
 */
final class Silence {
  private static final String NETWORK = ": check the network and --endpoint-url";

  private Silence() {}

  static StoreException translate(String subject, Exception e) {
    String message = String.valueOf(e.getMessage());
    // First: the chain of providers repeats it among all the others that it asked.
    if (message.contains("SSO session") || message.contains("aws sso login"))
      return new StoreException.Denied(
          subject + ": the credentials have expired: renew them with aws sso login", e);
    if (message.contains("Unable to load credentials"))
      return new StoreException.Denied(
          "no credentials found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or --aws-profile, or"
              + " --no-sign-request for a public bucket: "
              + subject,
          e);
    if (message.contains("Profile file contained no"))
      return new StoreException.Invalid(
          "%s: %s: check the credentials of --aws-profile and AWS_PROFILE"
              .formatted(subject, message),
          e);
    return new StoreException.Unavailable(subject + ": " + causes(e), e);
  }

  /** The cause that says what happened, in a few words, and what to do. */
  private static String causes(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      switch (cause) {
        case UnknownHostException _ -> {
          return "unknown host " + message + NETWORK + " and --region";
        }
        case ConnectException _ -> {
          return message + NETWORK;
        }
        case SocketTimeoutException _ -> {
          return "no answer in time (" + message + ")" + NETWORK;
        }
        case ApiCallTimeoutException _ -> {
          return "no whole answer in time" + NETWORK;
        }
        // The client's words for an exhausted pool.
        case InterruptedIOException _ when message.startsWith("Timeout deadline") -> {
          return "no connection was free in time: lower --parallelism or try again later";
        }
        case SSLException _ -> {
          return "TLS: "
              + message
              + ": check --endpoint-url; for an authority of your own give --ca-bundle";
        }
        default -> {}
      }
    }
    return e.getMessage() + NETWORK;
  }
}
