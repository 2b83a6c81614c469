package io.sluice.store.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ObjectAttributes;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Part;
import io.sluice.store.Payload;
import io.sluice.store.Precondition;
import io.sluice.store.PutOptions;
import io.sluice.store.ResumingStore;
import io.sluice.store.Retry;
import io.sluice.store.StoreException;
import io.sluice.store.UploadId;
import io.sluice.store.testkit.ScriptedHttpServer.Answer;
import io.sluice.store.testkit.ScriptedHttpServer.Request;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent to write, down to the request, and what becomes of it where the server fails. */
final class GcsWriteFaultsTest extends FaultsFixture {
  private static final Payload HELLO = Payload.of("hello".getBytes(UTF_8));
  private static final PutOptions STILL = PutOptions.ifStill(VERSION);

  private static Answer written(String key) {
    return GcsAnswers.json(resource(key));
  }

  private static String resource(String key) {
    return """
    {"kind":"storage#object","name":"%s","generation":"9","size":"5",
     "updated":"2025-01-01T00:00:00Z"}
    """
        .formatted(key);
  }

  private Request sent() {
    return server.requests().getLast();
  }

  @Test
  void aPutIsOneRequestWithTheChecksumTheConditionAndWhatIsKept() throws Exception {
    server.script(written("k"));
    var attributes = ObjectAttributes.ofType("text/plain").withMetadata("colour", "blue");
    ObjectVersion version = store.put("k", HELLO, STILL.with(attributes));
    assertThat(version).isEqualTo(new ObjectVersion("k", "9", 5));
    assertThat(sent().line())
        .startsWith("POST /upload/storage/v1/b/bucket/o?")
        .contains("uploadType=multipart", "ifGenerationMatch=" + VERSION.tag());
    assertThat(sent().body())
        .contains("\"name\":\"k\"", "\"crc32c\":\"mnG7TA==\"", "\"contentType\":\"text/plain\"")
        .contains("\"metadata\":{\"colour\":\"blue\"}", "\r\n\r\nhello\r\n--");
    assertThat(sent().headers()).doesNotContainKeys("Content-Encoding", "Transfer-Encoding");
  }

  @Test
  void aCannedAclGoesWithTheRequest() throws Exception {
    server.script(written("k"));
    var attributes = ObjectAttributes.NONE.withAcl("bucket-owner-read");
    store.put("k", HELLO, PutOptions.ANY.with(attributes));
    assertThat(sent().line()).contains("predefinedAcl=bucketOwnerRead");
    assertThat(sent().body()).doesNotContain("acl");
  }

  @Test
  void anAbsentObjectIsOfGenerationZero() throws Exception {
    server.script(written("k"));
    store.put("k", HELLO, PutOptions.IF_ABSENT);
    assertThat(sent().line()).contains("ifGenerationMatch=0");
  }

  @Test
  void withoutAConditionNoneIsSent() throws Exception {
    server.script(written("k"));
    store.put("k", HELLO, PutOptions.ANY);
    assertThat(sent().line()).doesNotContain("ifGenerationMatch");
  }

  @Test
  void aCopyCarriesBothConditionsAndGoesOnUntilItIsDone() throws Exception {
    server.script(
        GcsAnswers.json(
            "{\"kind\":\"storage#rewriteResponse\",\"done\":false,\"rewriteToken\":\"t1\"}"),
        GcsAnswers.json(
            "{\"kind\":\"storage#rewriteResponse\",\"done\":true,\"resource\":%s}"
                .formatted(resource("to"))));
    assertThat(store.copy(VERSION, "to", PutOptions.IF_ABSENT))
        .isEqualTo(new ObjectVersion("to", "9", 5));
    assertThat(server.requests())
        .allSatisfy(
            request ->
                assertThat(request.line())
                    .startsWith(
                        "POST /storage/v1/b/bucket/o/models%2Fk.bin/rewriteTo/b/bucket/o/to?")
                    .contains("ifSourceGenerationMatch=" + VERSION.tag(), "ifGenerationMatch=0"));
    assertThat(server.requests().get(0).line()).doesNotContain("rewriteToken");
    assertThat(server.requests().get(0).body()).isEmpty();
    assertThat(server.requests().get(1).line()).contains("rewriteToken=t1");
  }

  @Test
  void aCopyThatIsNotDoneAndDoesNotGoOnIsNoAnswer() throws Exception {
    server.script(GcsAnswers.json("{\"done\":false}"));
    assertThat(failure(() -> store.copy(VERSION, "to", PutOptions.ANY)))
        .isInstanceOf(StoreException.Invalid.class);
  }

  @Test
  void theWholeIsComposedOfTheVersionsThatWereSentUnderItsCondition() throws Exception {
    var upload = new UploadId("k", "u-1");
    server.script(
        mark(),
        GcsAnswers.error(404, "notFound"),
        GcsAnswers.json(
            """
            {"kind":"storage#objects","items":[
              {"name":".sluice-uploads/parts/u-1/00001","generation":"4","size":"5",
               "updated":"2025-01-01T00:00:00Z"}]}
            """),
        written("k"),
        GcsAnswers.json(
            """
            {"kind":"storage#objects","items":[{"name":".sluice-uploads/parts/u-1/00001"}]}
            """),
        wire -> wire.send(204, "", ""),
        wire -> wire.send(204, "", ""),
        GcsAnswers.json("{\"kind\":\"storage#objects\"}"));
    var part = new Part(1, "4", 5, Optional.empty());
    store.uploads().complete(upload, List.of(part), Precondition.unchanged(VERSION));
    Request compose = server.requests().get(3);
    assertThat(compose.line())
        .startsWith("POST /storage/v1/b/bucket/o/k/compose?")
        .contains("ifGenerationMatch=" + VERSION.tag());
    assertThat(compose.body())
        .contains("\"name\":\".sluice-uploads/parts/u-1/00001\"", "\"generation\":\"4\"")
        .contains("\"contentType\":\"text/plain\"", "\"colour\":\"blue\"")
        .doesNotContain("sluice-key");
    assertThat(server.requests().subList(4, 8))
        .extracting(request -> request.line().substring(0, 3))
        .containsExactly("GET", "DEL", "DEL", "GET");
    requireGoodStore();
  }

  private static Answer mark() {
    return GcsAnswers.json(
        """
        {"kind":"storage#object","name":".sluice-uploads/begun/u-1","contentType":"text/plain",
         "metadata":{"sluice-key":"k","colour":"blue"}}
        """);
  }

  private static final UploadId UPLOAD = new UploadId("k", "u-1");

  private static Answer parts() {
    return GcsAnswers.json(
        """
        {"kind":"storage#objects","items":[
          {"name":".sluice-uploads/parts/u-1/00001","generation":"4","size":"5",
           "updated":"2025-01-01T00:00:00Z"}]}
        """);
  }

  /** The object, as an upload of that name left it. */
  private static Answer madeBy(String upload) {
    return GcsAnswers.json(
        """
        {"kind":"storage#object","name":"k","generation":"12","size":"5",
         "updated":"2025-01-01T00:00:00Z","metadata":{"%s":"%s"}}
        """
            .formatted(GcsObjects.MADE_BY, upload));
  }

  private ObjectVersion complete(Precondition precondition) throws StoreException {
    return store
        .uploads()
        .complete(UPLOAD, List.of(new Part(1, "4", 5, Optional.empty())), precondition);
  }

  @Test
  void aWholeWhoseConditionDoesNotHoldLeavesTheUploadAsItIs() throws Exception {
    server.script(
        mark(),
        GcsAnswers.error(404, "notFound"),
        parts(),
        GcsAnswers.error(412, "conditionNotMet"),
        madeBy("another"));
    assertThat(failure(() -> complete(Precondition.ABSENT)))
        .isInstanceOf(StoreException.Changed.class);
    assertThat(server.requests()).noneMatch(request -> request.line().startsWith("DELETE"));
  }

  @Test
  void aConditionThatOurOwnLostAttemptBrokeIsNoLoss() throws Exception {
    server.script(
        mark(),
        GcsAnswers.error(404, "notFound"), // the first attempt has not landed yet
        parts(),
        GcsAnswers.error(412, "conditionNotMet"),
        madeBy("u-1"));
    assertThat(complete(Precondition.ABSENT)).isEqualTo(new ObjectVersion("k", "12", 5));
  }

  @Test
  void aWholeIsMadeAlsoWhereItsPartsCannotBeDeleted() throws Exception {
    server.script(
        mark(),
        GcsAnswers.error(404, "notFound"),
        parts(),
        written("k"),
        parts(),
        GcsAnswers.error(403, "forbidden"));
    assertThat(complete(Precondition.NONE).key()).isEqualTo("k");
  }

  @Test
  void partsHaveTheStorageClassOfTheWhole() {
    UploadId upload = UploadNames.begin("k", Optional.of("NEARLINE"));
    assertThat(upload.id()).endsWith(".NEARLINE");
    assertThat(UploadNames.describedPart(upload).getStorageClass()).isEqualTo("NEARLINE");
    assertThat(UploadNames.describedPart(UPLOAD).getStorageClass()).isNull();
    assertThat(UploadNames.number(upload, UploadNames.part(upload, 7))).contains(7);
  }

  @ParameterizedTest
  @CsvSource({
    "412, conditionNotMet, Changed",
    "403, forbidden, Denied",
    "429, rateLimitExceeded, Throttled",
    "409, conflict, Conflict",
    "413, uploadTooLarge, TooLarge",
    "503, backendError, Unavailable"
  })
  void aPutThatIsRefusedTellsTheKind(int status, String reason, String kind) throws Exception {
    server.script(GcsAnswers.error(status, reason));
    StoreException e = failure(() -> store.put("k", HELLO, STILL));
    assertThat(e.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(e).hasMessageContaining("PUT gs://bucket/k");
  }

  @Test
  void aPutWithoutAnAnswerIsUnavailableInTime() throws Exception {
    beHasty();
    server.script(wire -> wire.stall());
    assertThat(failure(() -> store.put("k", HELLO, PutOptions.ANY)))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("no answer in time");
  }

  @Test
  void aServerThatTakesNoMoreIsLeftInTime() throws Exception {
    beHasty(HASTE, Duration.ofMillis(300));
    server.takeNoBodies();
    long began = System.nanoTime();
    assertThatThrownBy(() -> store.put("k", Payload.of(new byte[64 << 20]), PutOptions.ANY))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("no answer in time");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PATIENCE);
  }

  @Test
  void aPutThatBreaksIsMadeAgainFromItsFirstByte() throws Exception {
    var resuming =
        new ResumingStore(
            store,
            new Retry(3, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofSeconds(20)),
            Retry.Waiting.REAL);
    server.script(wire -> wire.reset(), GcsAnswers.error(503, "backendError"), written("k"));
    assertThat(resuming.put("k", HELLO, PutOptions.ANY).tag()).isEqualTo("9");
    assertThat(server.requests())
        .hasSize(3)
        .allSatisfy(request -> assertThat(request.body()).contains("\r\n\r\nhello\r\n--"));
  }

  @Test
  void aDeletedObjectIsDeletedAndAMissingBucketIsNot() throws Exception {
    server.script(GcsAnswers.error(404, "notFound", "No such object: bucket/k"));
    store.delete("k");
    server.script(GcsAnswers.error(404, "notFound", "The specified bucket does not exist."));
    assertThat(failure(() -> store.delete("k")))
        .isInstanceOf(StoreException.NotFound.class)
        .hasMessageContaining("no bucket named bucket");
  }
}
