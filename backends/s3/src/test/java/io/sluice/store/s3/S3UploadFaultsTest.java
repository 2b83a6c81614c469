package io.sluice.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.store.AtExit;
import io.sluice.store.ObjectAttributes;
import io.sluice.store.ObjectStore;
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
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Uploads and copies in parts to a server that breaks: done, or the right error, and no orphan. */
final class S3UploadFaultsTest extends FaultsFixture {
  private static final Answer BEGUN =
      S3Answers.xml(
          "<InitiateMultipartUploadResult><UploadId>U1</UploadId></InitiateMultipartUploadResult>");

  /** Says that it was asked, and nothing more. */
  private static Answer stalling(CountDownLatch asked) {
    return wire -> {
      asked.countDown();
      wire.stall();
    };
  }

  private static final Payload BODY = Payload.of("the bytes".getBytes(UTF_8));
  private static final UploadId UPLOAD = new UploadId("k", "U1");
  private static final Retry QUICK =
      new Retry(4, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofSeconds(20));

  private ObjectStore resuming() {
    return new ResumingStore(store, QUICK, Retry.Waiting.REAL);
  }

  private List<String> lines() {
    return server.requests().stream().map(request -> request.line()).toList();
  }

  private static final String MD5 = "0cc175b9c0f1b6a831c399e269772661";

  private static List<Part> parts(String tag) {
    return List.of(new Part(1, tag, 16, Optional.empty()));
  }

  /** As S3 makes it: the MD5 of the parts' MD5s. */
  private static String madeOf(String md5) {
    byte[] bytes = Integrity.md5().digest(HexFormat.of().parseHex(md5));
    return HexFormat.of().formatHex(bytes) + "-1";
  }

  @Test
  void anErrorUnderStatus200IsNoSuccess() throws Exception {
    server.script(
        S3Answers.xml(S3Answers.document("InternalError").lines().skip(1).toList().getFirst()));
    assertThat(failure(() -> store.uploads().complete(UPLOAD, parts(MD5), Precondition.NONE)))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("InternalError");
  }

  @Test
  void aCompleteThatTakesItsTimeIsWaitedFor() throws Exception {
    beHasty(HASTE, HASTE);
    server.script(
        wire -> {
          wire.send(
              "HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nConnection: close\r\n\r\n");
          wire.send("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
          for (int i = 0; i < 16; i++) {
            wire.pause(Duration.ofMillis(200)); // longer in all than a reader would wait
            wire.send(" ");
          }
          wire.send(
              "<CompleteMultipartUploadResult><ETag>\"made\"</ETag></CompleteMultipartUploadResult>");
          wire.hangUp();
        });
    ObjectVersion made = store.uploads().complete(UPLOAD, parts(MD5), Precondition.NONE);
    assertThat(made.tag()).isEqualTo("made");
  }

  @Test
  void aCompleteWhoseAnswerWasLostIsToldByTheObject() throws Exception {
    server.script(
        wire -> wire.reset(),
        S3Answers.error(404, "NoSuchUpload"),
        S3Answers.head('"' + madeOf(MD5) + '"'));
    ObjectVersion made = resuming().uploads().complete(UPLOAD, parts(MD5), Precondition.NONE);
    assertThat(made).isEqualTo(new ObjectVersion("k", madeOf(MD5), 16));
    assertThat(lines())
        .containsExactly(
            "POST /bucket/k?uploadId=U1", "POST /bucket/k?uploadId=U1", "HEAD /bucket/k");
  }

  @Test
  void aConditionThatOurOwnLostAttemptBrokeIsNoLoss() throws Exception {
    server.script(
        wire -> wire.reset(), // after it was done
        S3Answers.error(412, "PreconditionFailed"),
        S3Answers.error(404, "NoSuchUpload"), // of the question for its parts
        S3Answers.head('"' + madeOf(MD5) + '"'));
    ObjectVersion made = resuming().uploads().complete(UPLOAD, parts(MD5), Precondition.ABSENT);
    assertThat(made.tag()).isEqualTo(madeOf(MD5));
  }

  @Test
  void aConditionThatAnotherBrokeIsALoss() throws Exception {
    server.script(
        S3Answers.error(412, "PreconditionFailed"),
        S3Answers.xml("<ListPartsResult><IsTruncated>false</IsTruncated></ListPartsResult>"));
    assertThat(failure(() -> store.uploads().complete(UPLOAD, parts(MD5), Precondition.ABSENT)))
        .isInstanceOf(StoreException.Changed.class);
  }

  @Test
  void anUploadThatIsGoneWithAnObjectOfAnotherSizeThereIsNotFound() throws Exception {
    List<Part> other = List.of(new Part(1, MD5, 17, Optional.empty()));
    server.script(S3Answers.error(404, "NoSuchUpload"), S3Answers.head());
    assertThat(failure(() -> store.uploads().complete(UPLOAD, other, Precondition.NONE)))
        .isInstanceOf(StoreException.NotFound.class);
    server.script(S3Answers.error(404, "NoSuchUpload"), S3Answers.bare(404, ""));
    assertThat(failure(() -> store.uploads().complete(UPLOAD, other, Precondition.NONE)))
        .isInstanceOf(StoreException.NotFound.class);
  }

  @Test
  void anUploadThatIsGoneWithAnObjectOfItsSizeCannotBeTold() throws Exception {
    for (String tag : List.of(MD5, "kms-tag")) {
      server.script(S3Answers.error(404, "NoSuchUpload"), S3Answers.head());
      assertThat(failure(() -> store.uploads().complete(UPLOAD, parts(tag), Precondition.NONE)))
          .isInstanceOf(StoreException.Unavailable.class)
          .hasMessageContaining("cannot be told");
    }
  }

  @Test
  void anUploadThatIsGoneIsNotFoundWhereTheObjectMayNotBeAskedFor() throws Exception {
    server.script(S3Answers.error(404, "NoSuchUpload"), S3Answers.bare(403, ""));
    assertThat(failure(() -> store.uploads().complete(UPLOAD, parts(MD5), Precondition.NONE)))
        .isInstanceOf(StoreException.NotFound.class);
  }

  @Test
  void aHoleInTheNumbersIsRefusedBeforeAnyRequest() {
    List<Part> hole = List.of(new Part(2, MD5, 16, Optional.empty()));
    assertThatThrownBy(() -> store.uploads().complete(UPLOAD, hole, Precondition.NONE))
        .isInstanceOf(StoreException.Invalid.class)
        .hasMessageContaining("no part 1");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aListingThatDoesNotSayWhereItGoesOnIsNotAskedForEver() throws Exception {
    server.script(
        S3Answers.xml("<ListPartsResult><IsTruncated>true</IsTruncated></ListPartsResult>"));
    assertThat(failure(() -> store.uploads().parts(UPLOAD)))
        .isInstanceOf(StoreException.Invalid.class)
        .hasMessageContaining("marker");
    server.script(
        S3Answers.xml(
            "<ListMultipartUploadsResult><IsTruncated>true</IsTruncated></ListMultipartUploadsResult>"));
    assertThat(failure(() -> store.uploads().pending("")))
        .isInstanceOf(StoreException.Invalid.class);
  }

  @Test
  void aCopyThatIsInterruptedLeavesNoUpload() throws Exception {
    var access = new S3Access(settings(PATIENT));
    var copying = new CountDownLatch(1);
    server.script(BEGUN, stalling(copying), wire -> wire.send(204, "", ""));
    PutOptions options = PutOptions.IF_ABSENT.with(ObjectAttributes.ofType("a/b"));
    var failure = new AtomicReference<Throwable>();
    try (access) {
      var copies = new S3Copies(access, store, 1000);
      Thread copy =
          Thread.ofPlatform()
              .start(() -> failure.set(catchThrowable(() -> copies.copy(VERSION, "to", options))));
      assertThat(copying.await(20, TimeUnit.SECONDS)).isTrue();
      copy.interrupt();
      assertThat(copy.join(Duration.ofSeconds(30))).isTrue();
    }
    assertThat(failure.get()).isInstanceOf(StoreException.Unavailable.class);
    assertThat(lines()).contains("DELETE /bucket/to?uploadId=U1");
  }

  @Test
  void aCopyThatIsUnderWayWhenTheProgramEndsLeavesNoUpload() throws Exception {
    var patient = new S3Settings.Patience(Duration.ofSeconds(30), Duration.ofSeconds(30));
    var endpoint = new S3Settings.Endpoint(Optional.of(server.url()), Optional.of("r-1"), true);
    var access =
        new S3Access(new S3Settings("bucket", endpoint, S3Settings.Access.USUAL, 4, patient));
    var copying = new CountDownLatch(1);
    server.script(
        BEGUN,
        stalling(copying),
        wire -> wire.send(204, "", ""), // at the end of the program
        wire -> wire.send(204, "", "")); // and by the copy
    var failure = new AtomicReference<Throwable>();
    PutOptions options = PutOptions.IF_ABSENT.with(ObjectAttributes.ofType("a/b"));
    try (access) {
      var copies = new S3Copies(access, store, 1000);
      Thread copy =
          Thread.ofPlatform()
              .start(() -> failure.set(catchThrowable(() -> copies.copy(VERSION, "to", options))));
      assertThat(copying.await(20, TimeUnit.SECONDS)).isTrue();
      AtExit.JVM.undoAll(PATIENCE);
      assertThat(lines()).contains("DELETE /bucket/to?uploadId=U1");
      assertThat(copy.isAlive()).isTrue();
      copy.interrupt();
      assertThat(copy.join(Duration.ofSeconds(30))).isTrue();
    }
    assertThat(failure.get()).isInstanceOf(StoreException.Unavailable.class);
    assertThat(AtExit.JVM.isEmpty()).isTrue();
  }

  @Test
  void aPartToAnUploadThatIsGoneIsNotFoundAndAnAbortOfItIsDone() throws Exception {
    server.script(S3Answers.error(404, "NoSuchUpload"));
    assertThat(failure(() -> store.uploads().put(UPLOAD, 1, BODY)))
        .isInstanceOf(StoreException.NotFound.class);
    server.script(S3Answers.error(404, "NoSuchUpload"));
    store.uploads().abort(UPLOAD);
  }

  @Test
  void aCopyInPartsThatFailsLeavesNoUpload() throws Exception {
    var access = new S3Access(settings(PATIENT));
    server.script(
        BEGUN, S3Answers.error(412, "PreconditionFailed"), wire -> wire.send(204, "", ""));
    try (access) {
      var copies = new S3Copies(access, store, 1000);
      PutOptions options = PutOptions.IF_ABSENT.with(ObjectAttributes.ofType("a/b"));
      assertThat(failure(() -> copies.copy(VERSION, "to", options)))
          .isInstanceOf(StoreException.Changed.class);
    }
    assertThat(lines()).contains("DELETE /bucket/to?uploadId=U1");
  }

  @Test
  void tagsThatMayNotBeReadDoNotEndACopyInParts() throws Exception {
    var access = new S3Access(settings(PATIENT));
    server.script(
        S3Answers.head(),
        S3Answers.error(403, "AccessDenied"),
        BEGUN,
        S3Answers.xml("<CopyPartResult><ETag>\"p1\"</ETag></CopyPartResult>"),
        S3Answers.xml(
            "<CompleteMultipartUploadResult><ETag>\"t4\"</ETag></CompleteMultipartUploadResult>"));
    try (access) {
      var copies = new S3Copies(access, store, 1000);
      assertThat(copies.copy(VERSION, "to", PutOptions.IF_ABSENT).tag()).isEqualTo("t4");
    }
    assertThat(lines().get(1)).contains("?tagging");
  }

  @Test
  void pagesOfPartsAndUploadsAreFollowed() throws Exception {
    server.script(
        S3Answers.xml(
            "<ListPartsResult><IsTruncated>true</IsTruncated><NextPartNumberMarker>1</NextPartNumberMarker>"
                + "<Part><PartNumber>1</PartNumber><ETag>\"a\"</ETag><Size>5</Size></Part></ListPartsResult>"),
        S3Answers.xml(
            "<ListPartsResult><IsTruncated>false</IsTruncated>"
                + "<Part><PartNumber>2</PartNumber><ETag>\"b\"</ETag><Size>6</Size></Part></ListPartsResult>"));
    assertThat(store.uploads().parts(UPLOAD)).extracting(Part::tag).containsExactly("a", "b");
    server.script(
        S3Answers.xml(
            "<ListMultipartUploadsResult><IsTruncated>true</IsTruncated><NextKeyMarker>k</NextKeyMarker>"
                + "<NextUploadIdMarker>U1</NextUploadIdMarker><Upload><Key>k</Key><UploadId>U1</UploadId>"
                + "<Initiated>2025-01-01T00:00:00.000Z</Initiated></Upload></ListMultipartUploadsResult>"),
        S3Answers.xml(
            "<ListMultipartUploadsResult><IsTruncated>false</IsTruncated><Upload><Key>k</Key><UploadId>U2</UploadId>"
                + "<Initiated>2025-01-02T00:00:00.000Z</Initiated></Upload></ListMultipartUploadsResult>"));
    assertThat(store.uploads().pending(""))
        .extracting(upload -> upload.id().id())
        .containsExactly("U1", "U2");
    assertThat(lines().getLast()).contains("key-marker=k", "upload-id-marker=U1");
  }
}
