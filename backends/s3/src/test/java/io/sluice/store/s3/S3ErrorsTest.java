package io.sluice.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.ListRequest;
import io.sluice.store.StoreException;
import io.sluice.store.StoreException.Invalid;
import io.sluice.store.StoreException.Unavailable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What S3 answers when it refuses: the right kind, and a message that says what to do. */
final class S3ErrorsTest extends FaultsFixture {
  @ParameterizedTest
  @CsvSource({
    "500, InternalError, Unavailable, as scripted",
    "502, BadGateway, Unavailable, as scripted",
    "503, ServiceUnavailable, Unavailable, as scripted",
    "503, SlowDown, Throttled, as scripted",
    "429, TooManyRequests, Throttled, as scripted",
    "412, PreconditionFailed, Changed, as scripted",
    "416, InvalidRange, RangeNotSatisfiable, as scripted",
    "409, OperationAborted, Conflict, as scripted",
    "501, NotImplemented, Unsupported, as scripted",
    "400, InvalidArgument, Invalid, as scripted",
    "400, ExpiredToken, Denied, check the access key",
    "400, RequestTimeout, Unavailable, as scripted",
    "403, AccessDenied, Denied, as scripted",
    "403, InvalidAccessKeyId, Denied, check the access key",
    "403, SignatureDoesNotMatch, Denied, check the access key",
    "403, InvalidObjectState, Denied, restore the object",
    "403, RequestTimeTooSkewed, Denied, the clock of this machine is wrong",
    "404, NoSuchKey, NotFound, as scripted",
    "404, NoSuchBucket, NotFound, no bucket named bucket",
  })
  void aGetTellsTheKindAndTheWayOut(int status, String code, String kind, String hint)
      throws Exception {
    server.script(S3Answers.error(status, code));
    StoreException e = failure(() -> read(store, 0, 16));
    assertThat(e.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(e).hasMessageContaining("s3://bucket/models/k.bin").hasMessageContaining(hint);
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
