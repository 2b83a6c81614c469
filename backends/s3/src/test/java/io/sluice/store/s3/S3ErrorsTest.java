package io.sluice.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.store.ListRequest;
import io.sluice.store.StoreException;
import io.sluice.store.StoreException.Invalid;
import io.sluice.store.StoreException.Unavailable;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What S3 answers when it refuses: the right kind, and a message that says what to do. */
final class S3ErrorsTest extends FaultsFixture {
  @ParameterizedTest
  @CsvSource({
    "301, PermanentRedirect, Invalid, give it with --region",
    "307, TemporaryRedirect, Invalid, give it with --region",
    "400, AuthorizationHeaderMalformed, Invalid, give it with --region",
    "400, IllegalLocationConstraintException, Invalid, give it with --region",
    "400, ExpiredToken, Denied, the credentials have expired: renew them (aws sso login",
    "400, InvalidToken, Denied, check the access key",
    "400, RequestTimeTooSkewed, Denied, the clock of this machine is wrong: set it",
    "400, EntityTooLarge, TooLarge, smaller pieces",
    "400, RequestTimeout, Unavailable, try again later",
    "400, InvalidRequest, Invalid, check --endpoint-url",
    "400, InvalidArgument, Invalid, check --endpoint-url",
    "400, XMinioAdminBucketQuotaExceeded, TooLarge, delete something",
    "401, Unauthorized, Denied, check the credentials",
    "403, AccessDenied, Denied, s3:GetObject to read",
    "403, InvalidAccessKeyId, Denied, check the access key",
    "403, SignatureDoesNotMatch, Denied, check the access key",
    "403, AllAccessDisabled, Denied, ask its owner",
    "403, AccountProblem, Denied, ask its owner",
    "403, InvalidObjectState, Denied, restore the object",
    "403, RequestTimeTooSkewed, Denied, the clock of this machine is wrong",
    "403, QuotaExceeded, TooLarge, delete something",
    "404, NoSuchKey, NotFound, check the name",
    "404, NoSuchBucket, NotFound, no bucket named bucket",
    "404, NoSuchUpload, NotFound, start it again",
    "404, Whatever, NotFound, check the name",
    "405, MethodNotAllowed, Unsupported, does not offer this",
    "408, RequestTimeout, Unavailable, try again later",
    "409, OperationAborted, Conflict, try again",
    "409, ConditionalRequestConflict, Conflict, try again",
    "411, MissingContentLength, Invalid, any proxy in between",
    "412, PreconditionFailed, Changed, open it again",
    "413, EntityTooLarge, TooLarge, smaller pieces",
    "416, InvalidRange, RangeNotSatisfiable, open it again",
    "429, TooManyRequests, Throttled, --parallelism",
    "500, InternalError, Unavailable, try again later",
    "500, NoSuchKey, NotFound, check the name",
    "501, NotImplemented, Unsupported, does not offer this",
    "502, BadGateway, Unavailable, try again later",
    "503, SlowDown, Throttled, --parallelism",
    "503, SlowDownRead, Throttled, --parallelism",
    "503, ServiceUnavailable, Unavailable, try again later",
    "504, GatewayTimeout, Unavailable, try again later",
    "507, XMinioStorageFull, TooLarge, delete something",
  })
  void aGetTellsTheKindAndTheWayOut(int status, String code, String kind, String hint)
      throws Exception {
    server.script(S3Answers.error(status, code));
    StoreException e = failure(() -> read(store, 0, 16));
    assertThat(e.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(e)
        .hasMessageContaining("GET 0..16 of s3://bucket/models/k.bin")
        .hasMessageContaining("as scripted")
        .hasMessageContaining(status + " " + code + ", request REQ7")
        .hasMessageContaining(hint);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, 412, PreconditionFailed, look at it",
    "completing the upload to, 403, AccessDenied, s3:PutObject",
    "DELETE, 403, AccessDenied, s3:DeleteObject",
    "HEAD, 412, PreconditionFailed, open it again",
    "PUT, 503, SlowDown, --concurrency",
  })
  void theAdviceIsForWhatWasRefused(String operation, int status, String code, String hint) {
    assertThat(Refusal.of(status, code).advice(operation, code)).contains(hint);
  }

  @ParameterizedTest
  @CsvSource({
    "500, Unavailable",
    "503, Unavailable",
    "429, Throttled",
    "404, NotFound",
    "403, Denied",
    "401, Denied",
    "400, Invalid",
    "405, Unsupported",
    "409, Conflict",
    "412, Changed",
    "416, RangeNotSatisfiable",
    "301, Invalid"
  })
  void aHeadTellsTheKindWithoutADocument(int status, String kind) throws Exception {
    server.script(S3Answers.bare(status, ""));
    StoreException e = failure(() -> store.head("models/k.bin"));
    assertThat(e.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(e)
        .hasMessageContaining("HEAD s3://bucket/models/k.bin")
        .hasMessageContaining(String.valueOf(status));
  }

  @ParameterizedTest
  @CsvSource({
    "301, PermanentRedirect",
    "307, TemporaryRedirect",
    "400, AuthorizationHeaderMalformed"
  })
  void aBucketElsewhereIsToldWithItsRegion(int status, String code) throws Exception {
    server.script(
        wire -> wire.send(status, "x-amz-bucket-region: eu-west-3\r\n", S3Answers.document(code)));
    assertThat(failure(this::list))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("eu-west-3")
        .hasMessageContaining("--region");
  }

  @ParameterizedTest
  @CsvSource({"301", "400"})
  void aBucketElsewhereIsToldByAHeadToo(int status) throws Exception {
    server.script(S3Answers.bare(status, "x-amz-bucket-region: eu-west-3\r\n"));
    assertThat(failure(() -> store.head("k")))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("eu-west-3")
        .hasMessageContaining("--region");
  }

  @Test
  void anAnswerThatDripsIsNotWaitedForForEver() throws Exception {
    beHasty();
    server.script(
        wire -> {
          wire.send("HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n");
          wire.send("Content-Length: 1000\r\n\r\n<ListBucketResult>");
          wire.stall();
        });
    assertThat(failure(this::list))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("in time")
        .hasMessageContaining("check the network and --endpoint-url");
  }

  @ParameterizedTest
  @CsvSource({
    "http://no-such-host.invalid, unknown host no-such-host.invalid, check the network",
    "http://127.0.0.1:1, refused, check the network and --endpoint-url",
  })
  void aServerThatIsNotThereIsToldWithTheWayOut(URI url, String what, String advice)
      throws Exception {
    try (S3Store lost = S3Store.open(settings(url, PATIENT))) {
      assertThat(catchThrowableOfType(StoreException.class, () -> lost.head(S3Answers.KEY)))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("HEAD s3://bucket/models/k.bin")
          .hasMessageContaining(what)
          .hasMessageContaining(advice);
    }
  }

  @Test
  void aServerWithoutTlsIsToldWithTheWayOut() throws Exception {
    URI url = URI.create("https://127.0.0.1:" + server.url().getPort());
    server.script(wire -> wire.send("HTTP/1.1 400 Bad\r\nContent-Length: 0\r\n\r\n"));
    try (S3Store tls = S3Store.open(settings(url, PATIENT))) {
      assertThat(catchThrowableOfType(StoreException.class, () -> tls.head(S3Answers.KEY)))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("--endpoint-url");
    }
  }

  @Test
  void theRequestIdIsTold() throws Exception {
    server.script(
        wire -> wire.send(500, "x-amz-request-id: REQ7\r\n", S3Answers.document("InternalError")));
    assertThat(failure(() -> read(store, 0, 16))).hasMessageContaining("REQ7");
  }

  @Test
  void aRefusalWithAWebPageIsStillARefusal() throws Exception {
    server.script(wire -> wire.send(503, "Content-Type: text/html\r\n", "<html>no backend</html>"));
    assertThat(failure(() -> read(store, 0, 16)))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("503");
  }

  private void list() throws StoreException {
    var _ = store.list(ListRequest.directory("models/"));
  }
}
