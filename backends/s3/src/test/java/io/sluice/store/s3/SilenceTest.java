package io.sluice.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.StoreException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Requests without an answer: what happened, and what to do. */
final class SilenceTest {
  private static final String SSO =
      "The SSO session associated with this profile has expired or is otherwise invalid. To refresh"
          + " this SSO session run aws sso login with the corresponding profile.";

  private static Stream<Arguments> losses() {
    return Stream.of(
        Arguments.of(new UnknownHostException("b.test"), "unknown host b.test"),
        Arguments.of(new ConnectException("Connection refused"), "Connection refused"),
        Arguments.of(new SocketTimeoutException("Read timed out"), "no answer in time"),
        Arguments.of(ApiCallTimeoutException.create(10), "no whole answer in time"),
        Arguments.of(new SSLHandshakeException("PKIX"), "TLS: PKIX"),
        Arguments.of(new IOException("reset"), "reset"));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void whatTheNetworkLosesMayComeLater(Exception loss, String what) {
    SdkClientException wrapped = SdkClientException.create("Unable to execute", loss);
    StoreException e = Silence.translate("GET s3://b/k", loss);
    assertThat(e)
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContainingAll("GET s3://b/k", what, "check ", "--endpoint-url");
    if (!what.equals("reset"))
      assertThat(Silence.translate("GET s3://b/k", wrapped)).hasMessageContaining(what);
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void aSessionThatHasExpiredIsToldWithHowToRenewIt(boolean isInChain) {
    String said = isInChain ? "Unable to load credentials from any: [a, b: " + SSO + "]" : SSO;
    assertThat(Silence.translate("GET s3://b/k", SdkClientException.create(said)))
        .isInstanceOf(StoreException.Denied.class)
        .hasMessageContainingAll("credentials have expired", "aws sso login");
  }

  @Test
  void credentialsThatAreMissingAreToldWithHowToGiveThem() {
    var none = SdkClientException.create("Unable to load credentials from any of the providers");
    assertThat(Silence.translate("GET s3://b/k", none))
        .isInstanceOf(StoreException.Denied.class)
        .hasMessageContainingAll("no credentials found", "--aws-profile", "--no-sign-request");
  }
}
