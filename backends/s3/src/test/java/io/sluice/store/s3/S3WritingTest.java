package io.sluice.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ContentHeader;
import io.sluice.store.ObjectAttributes;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Part;
import io.sluice.store.Payload;
import io.sluice.store.Precondition;
import io.sluice.store.PutOptions;
import io.sluice.store.StoreException;
import io.sluice.store.StoredCrc32c;
import io.sluice.store.UploadId;
import io.sluice.store.testkit.ScriptedHttpServer;
import io.sluice.store.testkit.ScriptedHttpServer.Answer;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** What exactly is sent when something is written. */
final class S3WritingTest extends FaultsFixture {
  private static final Payload BODY = Payload.of("the bytes".getBytes(UTF_8));
  private static final String SHA_256 =
      "ed589341c9fd5da96aaff4c5efa008226282a716186608d5a032ac75895a9c2f";

  private static Answer written() {
    return wire -> wire.send(200, "ETag: \"t2\"\r\n", "");
  }

  private ScriptedHttpServer.Request only() {
    assertThat(server.requests()).hasSize(1);
    return server.requests().getFirst();
  }

  @Test
  void aSignedPutBringsNothingThatOtherServersDoNotKnow() throws Exception {
    server.script(written());
    ObjectVersion version = store.put("a/k", BODY, PutOptions.ANY);
    assertThat(version).isEqualTo(new ObjectVersion("a/k", "t2", 9));
    assertThat(only().line()).isEqualTo("PUT /bucket/a/k");
    assertThat(only().body()).isEqualTo("the bytes");
    assertThat(only().headers())
        .containsEntry("x-amz-content-sha256", SHA_256)
        .containsEntry("Content-Length", "9")
        .doesNotContainKeys("Content-MD5", "If-Match", "If-None-Match")
        .doesNotContainKeys("x-amz-trailer", "Transfer-Encoding")
        .allSatisfy(
            (name, _) ->
                assertThat(name.toLowerCase(java.util.Locale.ROOT))
                    .doesNotStartWith("x-amz-checksum")
                    .doesNotStartWith("x-amz-sdk-checksum"));
  }

  @Test
  void aPutWithoutASignatureBringsItsMd5() throws Exception {
    var anonymous = new S3Settings.Access(Optional.empty(), true, false);
    try (S3Store nobody =
        S3Store.open(S3Settings.of("bucket", settings(PATIENT).endpoint(), anonymous, 1))) {
      server.script(written());
      nobody.put("k", BODY, PutOptions.ANY);
    }
    assertThat(only().headers())
        .containsEntry("Content-MD5", "q0jocDd+XZ++EWY5SeIpsA==")
        .doesNotContainKeys("x-amz-content-sha256", "Authorization");
  }

  @Test
  void aPutBringsItsCrcWhereThatIsWanted() throws Exception {
    S3Settings settings = settings(PATIENT).withIntegrity(Integrity.CRC32C);
    try (S3Store crc = S3Store.open(settings)) {
      server.script(written());
      crc.put("k", BODY, PutOptions.ANY);
    }
    var expected = new CRC32C();
    expected.update("the bytes".getBytes(UTF_8));
    assertThat(only().headers())
        .containsEntry("x-amz-checksum-crc32c", StoredCrc32c.encoded((int) expected.getValue()))
        .doesNotContainKeys("Content-MD5");
    assertThat(only().body()).isEqualTo("the bytes");
  }

  @Test
  void conditionsAreHeaders() throws Exception {
    server.script(written(), written());
    store.put("k", BODY, PutOptions.IF_ABSENT);
    store.put("k", BODY, PutOptions.ifStill(new ObjectVersion("k", "t1", 3)));
    assertThat(server.requests().get(0).headers()).containsEntry("If-None-Match", "*");
    assertThat(server.requests().get(1).headers()).containsEntry("If-Match", "\"t1\"");
  }

  @Test
  void attributesAreHeaders() throws Exception {
    server.script(written());
    ObjectAttributes attributes =
        new ObjectAttributes(
            Map.of(
                ContentHeader.CONTENT_TYPE, "model/x",
                ContentHeader.CACHE_CONTROL, "max-age=60"),
            Map.of("color", "green"),
            Map.of("a b", "c&d"),
            Optional.of("STANDARD_IA"),
            Optional.of("bucket-owner-full-control"));
    store.put("k", BODY, PutOptions.ANY.with(attributes));
    assertThat(only().headers())
        .containsEntry("Content-Type", "model/x")
        .containsEntry("Cache-Control", "max-age=60")
        .containsEntry("x-amz-meta-color", "green")
        .containsEntry("x-amz-storage-class", "STANDARD_IA")
        .containsEntry("x-amz-acl", "bucket-owner-full-control")
        .containsEntry("x-amz-tagging", "a%20b=c%26d");
  }

  @Test
  void encryptionIsAskedForWhereAnObjectIsMade() throws Exception {
    S3Settings plain = settings(PATIENT);
    var settings =
        new S3Settings(
            plain.bucket(),
            plain.endpoint(),
            plain.access(),
            plain.transport(),
            new Encryption.Kms(Optional.of("key-1"), true));
    try (S3Store encrypted = S3Store.open(settings)) {
      server.script(written(), begun(), S3Answers.head(), S3Answers.xml(COPIED), written());
      encrypted.put("k", BODY, PutOptions.ANY);
      UploadId upload = encrypted.uploads().create("k", ObjectAttributes.NONE);
      encrypted.copy(VERSION, "to", PutOptions.ANY);
      encrypted.uploads().put(upload, 1, BODY);
    }
    for (int made : new int[] {0, 1, 3})
      assertThat(server.requests().get(made).headers())
          .as(server.requests().get(made).line())
          .containsEntry("x-amz-server-side-encryption", "aws:kms")
          .containsEntry("x-amz-server-side-encryption-aws-kms-key-id", "key-1")
          .containsEntry("x-amz-server-side-encryption-bucket-key-enabled", "true");
    assertThat(server.requests().getLast().headers())
        .doesNotContainKey("x-amz-server-side-encryption");
  }

  private static final String COPIED = "<CopyObjectResult><ETag>\"t3\"</ETag></CopyObjectResult>";

  private static Answer begun() {
    return S3Answers.xml(
        "<InitiateMultipartUploadResult><UploadId>U1</UploadId></InitiateMultipartUploadResult>");
  }

  @Test
  void aCopyNamesItsSourceEncodedAndItsVersion() throws Exception {
    server.script(S3Answers.head(), S3Answers.xml(COPIED));
    var from = new ObjectVersion("LOCK#.lock a+b", "t1", 16);
    assertThat(store.copy(from, "to", PutOptions.ANY)).isEqualTo(new ObjectVersion("to", "t3", 16));
    assertThat(server.requests().getLast().line()).isEqualTo("PUT /bucket/to");
    assertThat(server.requests().getLast().headers())
        .containsEntry("x-amz-copy-source", "bucket/LOCK%23.lock%20a%2Bb")
        .containsEntry("x-amz-copy-source-if-match", "\"t1\"")
        .doesNotContainKey("x-amz-metadata-directive");
  }

  @Test
  void aPartThatIsCopiedNamesItsRange() throws Exception {
    var access = new S3Access(settings(PATIENT));
    var copies = new S3Copies(access, store, 10);
    server.script(
        begun(),
        S3Answers.xml("<CopyPartResult><ETag>\"p1\"</ETag></CopyPartResult>"),
        S3Answers.xml("<CopyPartResult><ETag>\"p2\"</ETag></CopyPartResult>"),
        S3Answers.xml(
            "<CompleteMultipartUploadResult><ETag>\"t4\"</ETag></CompleteMultipartUploadResult>"));
    try (access) {
      PutOptions named = PutOptions.ANY.with(ObjectAttributes.ofType("a/b"));
      copies.copy(VERSION, "to", named); // of 16 bytes
    }
    var ranges = new HashMap<String, String>();
    for (ScriptedHttpServer.Request request : server.requests().subList(1, 3))
      ranges.put(
          request.line().replaceFirst(".*partNumber=(\\d).*", "$1"),
          request.headers().get("x-amz-copy-source-range"));
    assertThat(ranges).isEqualTo(Map.of("1", "bytes=0-9", "2", "bytes=10-15"));
    assertThat(server.requests().getLast().body())
        .contains("<ETag>p1</ETag>", "<ETag>p2</ETag>")
        .containsSubsequence("<PartNumber>1<", "<PartNumber>2<");
  }

  @Test
  void partsAreCompletedInTheOrderOfTheirNumbersUnderTheCondition() throws Exception {
    server.script(
        S3Answers.xml(
            "<CompleteMultipartUploadResult><ETag>\"t4-2\"</ETag></CompleteMultipartUploadResult>"));
    ObjectVersion made =
        store
            .uploads()
            .complete(
                new UploadId("k", "U1"),
                List.of(part(2, "p2"), part(1, "p1")),
                Precondition.ABSENT);
    assertThat(made).isEqualTo(new ObjectVersion("k", "t4-2", 10));
    assertThat(only().headers()).containsEntry("If-None-Match", "*");
    assertThat(only().body()).containsSubsequence("p1", "p2");
  }

  private static Part part(int number, String tag) {
    return new Part(number, tag, 5, Optional.empty());
  }

  @Test
  void whatIsTooLargeForOneRequestIsRefusedBeforeIt() {
    var huge =
        new Payload() {
          @Override
          public long length() {
            return S3Writer.MOST_BYTES + 1;
          }

          @Override
          public InputStream open() {
            throw new AssertionError("not to be read");
          }
        };
    assertThatThrownBy(() -> store.put("k", huge, PutOptions.ANY))
        .isInstanceOf(StoreException.TooLarge.class)
        .hasMessageContaining("5 GiB");
    assertThatThrownBy(() -> store.uploads().put(new UploadId("k", "U1"), 1, huge))
        .isInstanceOf(StoreException.TooLarge.class);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aCopyStaysInItsStorageClass() throws Exception {
    server.script(
        wire ->
            wire.send(
                """
                HTTP/1.1 200 OK\r
                ETag: "t1"\r
                Last-Modified: Wed, 01 Jan 2025 00:00:00 GMT\r
                Content-Length: 16\r
                x-amz-storage-class: STANDARD_IA\r
                \r
                """),
        S3Answers.xml(COPIED));
    store.copy(VERSION, "to", PutOptions.ANY);
    assertThat(server.requests().getLast().headers())
        .containsEntry("x-amz-storage-class", "STANDARD_IA")
        .doesNotContainKey("x-amz-metadata-directive");
  }

  @Test
  void aCopyOntoItselfChangesNothing() throws Exception {
    server.script(S3Answers.head());
    assertThat(store.copy(VERSION, VERSION.key(), PutOptions.ANY)).isEqualTo(VERSION);
    assertThat(only().line()).startsWith("HEAD");
  }

  @Test
  void detailsAreAskedForWithTheirChecksums() throws Exception {
    server.script(
        wire ->
            wire.send(
                """
                HTTP/1.1 200 OK\r
                ETag: "t1"\r
                Last-Modified: Wed, 01 Jan 2025 00:00:00 GMT\r
                Content-Length: 16\r
                Content-Type: model/x\r
                x-amz-meta-Color: green\r
                x-amz-checksum-crc32c: AAAAAQ==\r
                x-amz-checksum-sha256: abc-3\r
                x-amz-replication-status: COMPLETED\r
                x-amz-mp-parts-count: 3\r
                \r
                """));
    var details = store.describe("k");
    assertThat(only().headers()).containsEntry("x-amz-checksum-mode", "ENABLED");
    assertThat(details.meta().size()).isEqualTo(16);
    assertThat(details.attributes().header(ContentHeader.CONTENT_TYPE)).contains("model/x");
    assertThat(details.attributes().metadata()).isEqualTo(Map.of("color", "green"));
    assertThat(details.checksums()).isEqualTo(Map.of("crc32c", "AAAAAQ=="));
    assertThat(details.headers())
        .containsEntry("x-amz-replication-status", "COMPLETED")
        .containsEntry("x-amz-mp-parts-count", "3");
  }

  @Test
  void aPartOfAnUploadThatBeganWithoutChecksumsBringsItsMd5() throws Exception {
    try (S3Store crc = S3Store.open(settings(PATIENT).withIntegrity(Integrity.CRC32C))) {
      server.script(written());
      crc.uploads().put(new UploadId("k", "U1", false), 1, BODY);
    }
    assertThat(only().headers())
        .containsEntry("Content-MD5", "q0jocDd+XZ++EWY5SeIpsA==")
        .doesNotContainKeys("x-amz-checksum-crc32c");
  }
}
