package io.sluice.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.ListRequest;
import io.sluice.store.StoreException;
import io.sluice.store.testkit.ScriptedHttpServer.Answer;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

/** A bucket of AWS is found in whichever region it is, and looking for it costs little. */
final class S3RegionTest extends FaultsFixture {
  private static final String HERE = "us-east-1";
  private static final String THERE = "eu-west-3";

  /** A store for AWS that in truth talks to the scripted server. */
  private S3Store aws(Optional<String> region) {
    var endpoint = new S3Settings.Endpoint(Optional.empty(), region, true);
    var settings = new S3Settings("bucket", endpoint, S3Settings.Access.USUAL, 1, PATIENT);
    return new S3Store(S3Clients.make(settings, Optional.of(server.url())), settings);
  }

  private void list(S3Store aws) throws StoreException {
    assertThat(aws.list(ListRequest.directory("models/")).objects()).isEmpty();
  }

  /** The regions that the requests so far were signed for. */
  private void assertAsked(String... regions) {
    assertThat(server.requests())
        .extracting(
            request -> request.headers().getOrDefault("Authorization", "").split("/", -1)[2])
        .containsExactly(regions);
  }

  private static Answer refusal(int status, String headers, String document) {
    return wire -> wire.send(status, headers, document);
  }

  @Test
  void aRegionThatIsRightIsNotAskedFor() throws Exception {
    try (S3Store aws = aws(Optional.of(THERE))) {
      server.script(S3Answers.listing(""), S3Answers.head());
      list(aws);
      aws.head(S3Answers.KEY);
      assertAsked(THERE, THERE);
    }
  }

  @Test
  void aRegionThatIsSetNowhereIsFoundByTheFirstRequest() throws Exception {
    try (S3Store aws = aws(Optional.empty())) {
      server.script(
          refusal(301, "x-amz-bucket-region: eu-west-3\r\n", "<Error/>"),
          S3Answers.listing(""),
          S3Answers.head());
      list(aws);
      aws.head(S3Answers.KEY);
      assertAsked(HERE, THERE, THERE);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<Code>AuthorizationHeaderMalformed</Code><Message>wrong</Message>"
            + "<Region>eu-west-3</Region>",
        "<Code>AuthorizationHeaderMalformed</Code><Message>The authorization header is malformed;"
            + " the region 'us-east-1' is wrong; expecting 'eu-west-3'</Message>",
      })
  void aSignatureForAnotherRegionIsMadeForTheRightOne(String error) throws Exception {
    try (S3Store aws = aws(Optional.of(HERE))) {
      server.script(refusal(400, "", "<Error>" + error + "</Error>"), S3Answers.listing(""));
      list(aws);
      assertAsked(HERE, THERE);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bucket.s3.eu-west-3.amazonaws.com",
        "bucket.s3-eu-west-3.amazonaws.com",
        "s3.eu-west-3.amazonaws.com"
      })
  void aRedirectThatNamesAHostIsFollowed(String host) throws Exception {
    String error = "<Error><Code>PermanentRedirect</Code><Endpoint>" + host + "</Endpoint></Error>";
    try (S3Store aws = aws(Optional.of(HERE))) {
      server.script(refusal(301, "", error), S3Answers.listing(""));
      list(aws);
      assertAsked(HERE, THERE);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 403, 404})
  void whereARefusalDoesNotSayItTheBucketIsAsked(int status) throws Exception {
    try (S3Store aws = aws(Optional.of(HERE))) {
      server.script(
          S3Answers.bare(400, ""),
          S3Answers.bare(status, "x-amz-bucket-region: eu-west-3\r\n"),
          S3Answers.head());
      assertThat(aws.head(S3Answers.KEY).size()).isEqualTo(16);
      assertThat(server.requests().get(1).line()).isEqualTo("HEAD /bucket");
      assertAsked(HERE, HERE, THERE);
    }
  }

  @Test
  void aRangeIsReadFromTheRightRegion() throws Exception {
    try (S3Store aws = aws(Optional.of(HERE))) {
      server.script(
          refusal(301, "x-amz-bucket-region: eu-west-3\r\n", "<Error/>"), S3Answers.part(4, 8));
      assertThat(read(aws, 4, 8)).isEqualTo("efgh");
      assertThat(server.requests().getLast().headers()).containsEntry("If-Match", "\"t1\"");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404, 500})
  void aRefusalForAnotherReasonIsNotRepeated(int status) throws Exception {
    try (S3Store aws = aws(Optional.of(THERE))) {
      server.script(S3Answers.bare(status, "x-amz-bucket-region: eu-west-3\r\n"));
      assertThat(failure(() -> aws.head(S3Answers.KEY))).hasMessageContaining("" + status);
      assertThat(server.requests()).as("and the one after it").hasSize(2);
    }
  }

  @Test
  void aBucketThatIsSentInCirclesIsAnError() throws Exception {
    try (S3Store aws = aws(Optional.of(HERE))) {
      server.script(
          refusal(301, "x-amz-bucket-region: eu-west-3\r\n", "<Error/>"),
          refusal(301, "x-amz-bucket-region: us-east-1\r\n", "<Error/>"));
      assertThat(failure(() -> list(aws)))
          .isInstanceOf(StoreException.Invalid.class)
          .hasMessageContaining("--region");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://vpce-1.s3.eu-west-1.vpce.amazonaws.com, lab-9",
    "https://s3.amazonaws.com, lab-9",
    "https://s3.eu-west-1.amazonaws.com, eu-west-1",
    "https://minio.test, us-east-1",
  })
  void theRegionOfTheEnvironmentIsOneOfAws(URI url, String region) {
    System.setProperty("aws.region", "lab-9");
    var endpoint = new S3Settings.Endpoint(Optional.of(url), Optional.empty(), false);
    try (S3Client client =
        S3Clients.make(S3Settings.of("bucket", endpoint, S3Settings.Access.USUAL, 1))) {
      assertThat(client.serviceClientConfiguration().region()).hasToString(region);
    } finally {
      System.clearProperty("aws.region");
    }
  }

  @Test
  void anotherServerThanAwsIsNotFollowed() throws Exception {
    server.script(refusal(301, "x-amz-bucket-region: eu-west-3\r\n", "<Error/>"));
    assertThat(failure(() -> list(store))).hasMessageContaining("eu-west-3");
    assertThat(server.requests()).as("and the one after it").hasSize(2);
  }
}
