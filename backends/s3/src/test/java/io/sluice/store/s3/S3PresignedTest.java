package io.sluice.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.Presign;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** URLs for others: what is in them, and what is not. */
final class S3PresignedTest extends FaultsFixture {
  private static URI presigned(S3Settings settings) throws Exception {
    try (S3Store other = S3Store.open(settings)) {
      return other.presign(Presign.get("k", Duration.ofMinutes(5)));
    }
  }

  @Test
  void aPresignedUrlHasAllItNeedsAndNoSecret() throws Exception {
    URI url =
        store.presign(
            Presign.get("a b/k", Duration.ofMinutes(5))
                .with("response-content-type", "text/plain"));
    assertThat(server.requests()).isEmpty();
    assertThat(url.toString())
        .startsWith(server.url() + "/bucket/a%20b/k?")
        .contains("X-Amz-Expires=300", "X-Amz-Signature=", "response-content-type=text%2Fplain")
        .contains("AKIATEST")
        .doesNotContain(SECRET);
  }

  @Test
  void aPresignedUrlOfAwsGoesWhereTheSettingsSay() throws Exception {
    var endpoint =
        new S3Settings.Endpoint(
            Optional.empty(), Optional.of("us-west-2"), S3Settings.Addressing.USUAL, true, true);
    var settings = S3Settings.of("models", endpoint, S3Settings.Access.USUAL, 1);
    assertThat(presigned(settings).getHost())
        .isEqualTo("models.s3-fips.dualstack.us-west-2.amazonaws.com");
  }

  @Test
  void whoHasAPresignedUrlNeedsNoHeaderToAgreeToPay() throws Exception {
    S3Settings plain = settings(PATIENT);
    var payer = new S3Settings.Access(Optional.empty(), false, true);
    var settings = new S3Settings("bucket", plain.endpoint(), payer, 1, PATIENT);
    assertThat(presigned(settings).toString())
        .contains("x-amz-request-payer=requester")
        .contains("X-Amz-SignedHeaders=host&");
  }
}
