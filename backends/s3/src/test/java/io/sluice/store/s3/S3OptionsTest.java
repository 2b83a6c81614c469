package io.sluice.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.store.ListRequest;
import io.sluice.store.StoreException;
import io.sluice.store.network.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** What the settings change on the wire. */
final class S3OptionsTest extends FaultsFixture {
  private static final S3Settings.Transport TRANSPORT =
      S3Settings.Transport.of(1).withPatience(PATIENT);

  private S3Settings with(S3Settings.Access access, S3Settings.Transport transport) {
    var endpoint = settings(PATIENT).endpoint();
    return new S3Settings("bucket", endpoint, access, transport, Encryption.OF_BUCKET);
  }

  private static S3Settings.Transport through(String proxy, String... except) {
    return new S3Settings.Transport(
        1, PATIENT, Optional.of(Proxy.of(proxy, List.of(except))), Optional.empty(), "sluice");
  }

  private static S3Settings.Access ownedBy(String account) {
    return new S3Settings.Access(Optional.empty(), false, false, Optional.of(account));
  }

  private List<String> header(String name) {
    return server.requests().stream().map(r -> r.headers().getOrDefault(name, "")).toList();
  }

  @Test
  void theOwnerOfTheBucketIsToldInEveryRequest() throws Exception {
    try (S3Store owned = S3Store.open(with(ownedBy("123456789012"), TRANSPORT))) {
      server.script(S3Answers.head(), S3Answers.listing(""), S3Answers.part(4, 8));
      owned.head(S3Answers.KEY);
      var _ = owned.list(ListRequest.directory(""));
      assertThat(read(owned, 4, 8)).isEqualTo("efgh");
      assertThat(header("x-amz-expected-bucket-owner")).hasSize(3).containsOnly("123456789012");
      assertThat(header("Authorization"))
          .allSatisfy(signed -> assertThat(signed).contains("x-amz-expected-bucket-owner"));
    }
  }

  @Test
  void aCopyTellsTheOwnerOfItsSourceToo() {
    server.script(S3Answers.xml("<CopyObjectResult><ETag>\"t\"</ETag></CopyObjectResult>"));
    try (S3Client client = S3Clients.make(with(ownedBy("123456789012"), TRANSPORT))) {
      client.copyObject(
          r ->
              r.sourceBucket("bucket")
                  .sourceKey("a")
                  .destinationBucket("bucket")
                  .destinationKey("b"));
    }
    assertThat(header("x-amz-source-expected-bucket-owner")).containsExactly("123456789012");
  }

  @ParameterizedTest
  @ValueSource(strings = {"12345678901", "1234567890123", "somebody-else", ""})
  void anOwnerThatIsNoAccountIsRefused(String account) {
    assertThatThrownBy(() -> ownedBy(account))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("12 digits");
  }

  @Test
  void whoIsAskingIsTold() throws Exception {
    var transport =
        new S3Settings.Transport(1, PATIENT, Optional.empty(), Optional.empty(), "sluice/1.2");
    try (S3Store named = S3Store.open(with(S3Settings.Access.USUAL, transport))) {
      server.script(S3Answers.head());
      named.head(S3Answers.KEY);
      assertThat(header("User-Agent").getFirst()).endsWith("sluice/1.2");
    }
  }

  @Test
  void bodiesForOtherServersAreSignedInOnePiece() {
    server.script(wire -> wire.send(200, "ETag: \"t\"\r\n", ""));
    try (S3Client client = S3Clients.make(settings(PATIENT))) {
      client.putObject(r -> r.bucket("bucket").key("k"), RequestBody.fromString("x"));
    }
    var put = server.requests().getFirst();
    assertThat(put.headers()).containsEntry("Content-Length", "1");
    assertThat(put.headers().get("x-amz-content-sha256")).hasSize(64);
    assertThat(put.headers())
        .doesNotContainKeys("Content-Encoding", "x-amz-decoded-content-length");
  }

  @ParameterizedTest
  @CsvSource({
    "false, false, bucket.s3.eu-west-3.amazonaws.com",
    "true, false, bucket.s3.dualstack.eu-west-3.amazonaws.com",
    "false, true, bucket.s3-fips.eu-west-3.amazonaws.com",
    "true, true, bucket.s3-fips.dualstack.eu-west-3.amazonaws.com",
  })
  void dualStackAndFipsAreOtherHosts(boolean dualStack, boolean fips, String host)
      throws Exception {
    var endpoint =
        new S3Settings.Endpoint(
            Optional.empty(),
            Optional.of("eu-west-3"),
            S3Settings.Addressing.USUAL,
            dualStack,
            fips);
    var transport = through("http://ada:" + SECRET + "@127.0.0.1:" + server.url().getPort());
    var settings =
        new S3Settings(
            "bucket", endpoint, S3Settings.Access.USUAL, transport, Encryption.OF_BUCKET);
    try (S3Store aws = S3Store.open(settings)) {
      // Nothing leaves this machine: the proxy is asked for the host, and refuses.
      server.script(S3Answers.bare(502, ""));
      assertThat(failure(() -> aws.head(S3Answers.KEY)))
          .isInstanceOf(StoreException.Unavailable.class);
      assertThat(server.requests().getFirst().line()).isEqualTo("CONNECT " + host + ":443");
    }
  }

  @Test
  void whereToGoIsNotLeftToTheEnvironment() throws Exception {
    var transport = through(server.url().toString());
    var endpoint = new S3Settings.Endpoint(Optional.empty(), Optional.of("eu-west-3"), false);
    var settings =
        new S3Settings(
            "bucket", endpoint, S3Settings.Access.USUAL, transport, Encryption.OF_BUCKET);
    System.setProperty("aws.endpointUrlS3", "http://elsewhere.test");
    try (S3Store aws = S3Store.open(settings)) {
      server.script(S3Answers.bare(502, ""));
      assertThat(failure(() -> aws.head(S3Answers.KEY))).isNotNull();
      assertThat(server.requests().getFirst().line())
          .isEqualTo("CONNECT bucket.s3.eu-west-3.amazonaws.com:443");
    } finally {
      System.clearProperty("aws.endpointUrlS3");
    }
  }

  @Test
  void aProxyIsAskedForTheServer() throws Exception {
    var endpoint =
        new S3Settings.Endpoint(
            Optional.of(URI.create("http://minio.test:9000")), Optional.empty(), true);
    var settings =
        new S3Settings(
            "bucket",
            endpoint,
            S3Settings.Access.USUAL,
            through(server.url().toString()),
            Encryption.OF_BUCKET);
    try (S3Store behind = S3Store.open(settings)) {
      server.script(S3Answers.head());
      behind.head(S3Answers.KEY);
      assertThat(server.requests().getFirst().line())
          .isEqualTo("HEAD http://minio.test:9000/bucket/models/k.bin");
    }
  }

  @Test
  void aProxyIsToldWhoWeAreWhenItAsks() throws Exception {
    var endpoint =
        new S3Settings.Endpoint(
            Optional.of(URI.create("http://minio.test:9000")), Optional.empty(), true);
    var proxy = through("http://ada:p%40ss@127.0.0.1:" + server.url().getPort());
    try (S3Store behind =
        S3Store.open(
            new S3Settings(
                "bucket", endpoint, S3Settings.Access.USUAL, proxy, Encryption.OF_BUCKET))) {
      server.script(
          S3Answers.bare(407, "Proxy-Authenticate: Basic realm=\"x\"\r\n"), S3Answers.head());
      assertThat(behind.head(S3Answers.KEY).size()).isEqualTo(16);
      assertThat(header("Proxy-Authorization").getLast()).isEqualTo("Basic " + base64("ada:p@ss"));
    }
  }

  private static String base64(String text) {
    return java.util.Base64.getEncoder()
        .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  @Test
  void aHostThatIsExceptedIsReachedWithoutTheProxy() throws Exception {
    var transport = through("http://127.0.0.1:1", "127.0.0.1");
    try (S3Store direct = S3Store.open(with(S3Settings.Access.USUAL, transport))) {
      server.script(S3Answers.head());
      assertThat(direct.head(S3Answers.KEY).size()).isEqualTo(16);
    }
  }

  @Test
  void aProxyThatIsNotThereIsToldWithoutItsPassword() throws Exception {
    var transport = through("http://ada:" + SECRET + "@127.0.0.1:1");
    try (S3Store lost = S3Store.open(with(S3Settings.Access.USUAL, transport))) {
      StoreException e = catchThrowableOfType(StoreException.class, () -> lost.head(S3Answers.KEY));
      assertThat(e)
          .isInstanceOf(StoreException.Unavailable.class)
          .hasMessageContaining("refused")
          .hasMessageNotContaining(SECRET);
    }
    assertThat(with(S3Settings.Access.USUAL, transport).toString()).doesNotContain(SECRET);
  }

  @Test
  void theBucketGoesWhereTheAddressingSays() throws Exception {
    var endpoint =
        new S3Settings.Endpoint(
            Optional.of(URI.create("http://minio.test")),
            Optional.empty(),
            S3Settings.Addressing.VIRTUAL,
            false,
            false);
    try (S3Store virtual =
        S3Store.open(
            new S3Settings(
                "bucket",
                endpoint,
                S3Settings.Access.USUAL,
                through(server.url().toString()),
                Encryption.OF_BUCKET))) {
      server.script(S3Answers.head());
      virtual.head("k");
      assertThat(server.requests().getFirst().line()).isEqualTo("HEAD http://bucket.minio.test/k");
    }
  }
}
