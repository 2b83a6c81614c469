package io.sluice.store.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.ByteRange;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that say less than they should, or something else: the stored bytes, or an error. */
final class S3ReadingTest extends FaultsFixture {
  private static final String PART =
      "HTTP/1.1 206 Partial\r\nETag: \"t1\"\r\nContent-Range: bytes 0-7/16\r\n";
  private static final String CHUNKED = PART + "Transfer-Encoding: chunked\r\n\r\n";

  @Test
  void anOldVersionIsAskedForByItsId() throws Exception {
    try (S3Store old = S3Store.openVersion(settings(PATIENT), "v7")) {
      server.script(
          S3Answers.head(), wire -> wire.send(PART + "Content-Length: 8\r\n\r\nabcdefgh"));
      old.describe("k");
      assertThat(read(old, 0, 8)).isEqualTo("abcdefgh");
    }
    assertThat(server.requests())
        .hasSize(2)
        .allSatisfy(request -> assertThat(request.line()).contains("versionId=v7"));
  }

  @Test
  void aRangeInChunksIsTheRange() throws Exception {
    server.script(wire -> wire.send(CHUNKED + "5\r\nabcde\r\n3\r\nfgh\r\n0\r\n\r\n"));
    assertThat(read(store, 0, 8)).isEqualTo("abcdefgh");
    requireGoodStore();
  }

  @Test
  void aRangeUpToTheEndOfTheConnectionIsTheRange() throws Exception {
    server.script(
        wire -> {
          wire.send(PART + "\r\nabcdefgh");
          wire.hangUp();
        });
    assertThat(read(store, 0, 8)).isEqualTo("abcdefgh");
    requireGoodStore();
  }

  @Test
  void whatComesAfterARangeWithoutLengthIsNeitherReadNorWaitedFor() throws Exception {
    server.script(
        wire -> {
          wire.send(CHUNKED + "9\r\nabcdefghX\r\n");
          wire.stall();
        });
    long began = System.nanoTime();
    assertThat(read(store, 0, 8)).isEqualTo("abcdefgh");
    assertThat(System.nanoTime() - began).isLessThan(PATIENCE.toNanos());
    requireGoodStore();
  }

  @Test
  void chunksThatEndEarlyAreNoEndOfFile() throws Exception {
    server.script(wire -> wire.send(CHUNKED + "5\r\nabcde\r\n0\r\n\r\n"));
    assertThat(failure(() -> read(store, 0, 8))).isInstanceOf(StoreException.Unavailable.class);
  }

  @Test
  void aConnectionThatEndsEarlyIsNoEndOfFile() throws Exception {
    server.script(
        wire -> {
          wire.send(PART + "\r\nabcde");
          wire.hangUp();
        });
    assertThat(failure(() -> read(store, 0, 8))).isInstanceOf(StoreException.Unavailable.class);
  }

  @Test
  void anotherRangeWithoutLengthIsNoAnswer() throws Exception {
    server.script(wire -> wire.send(CHUNKED + "8\r\nabcdefgh\r\n0\r\n\r\n"));
    assertThat(failure(() -> read(store, 0, 9)))
        .isInstanceOf(StoreException.Invalid.class)
        .hasMessageContaining("bytes 0-7/16");
  }

  @Test
  void aWholeObjectWithoutLengthIsNoAnswer() throws Exception {
    server.script(
        wire ->
            wire.send(
                CHUNKED.replace("206 Partial", "200 OK").replaceFirst("Content-Range.*\r\n", "")
                    + "10\r\nabcdefghijklmnop\r\n0\r\n\r\n"));
    assertThat(failure(() -> read(store, 0, 16)))
        .isInstanceOf(StoreException.Invalid.class)
        .hasMessageContaining("Content-Length");
  }

  @ParameterizedTest
  @CsvSource({
    "InternalError, Unavailable",
    "ServiceUnavailable, Unavailable",
    "SlowDown, Throttled",
    "NoSuchKey, NotFound",
    "Whatever, Invalid",
  })
  void anErrorUnderStatus200IsTheErrorItNames(String code, String kind) throws Exception {
    String document = S3Answers.document(code);
    server.script(wire -> wire.send(200, "Content-Type: application/xml\r\n", document));
    StoreException e = failure(() -> read(store, 0, 16));
    assertThat(e.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(e)
        .hasMessageContaining("s3://bucket/models/k.bin")
        .hasMessageContaining(code)
        .hasMessageContaining("as scripted")
        .hasMessageContaining("REQ7");
  }

  @Test
  void anErrorUnderStatus200WithAnotherTagIsNotAnotherVersion() throws Exception {
    server.script(
        wire ->
            wire.send(
                200,
                "Content-Type: text/xml; charset=utf-8\r\nETag: \"e\"\r\n",
                S3Answers.document("InternalError")));
    assertThat(failure(() -> read(store, 0, 16))).isInstanceOf(StoreException.Unavailable.class);
  }

  @Test
  void anErrorUnderStatus200ThatStallsIsNotWaitedForLong() throws Exception {
    beHasty();
    server.script(
        wire -> {
          wire.send("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 99\r\n\r\n<Err");
          wire.stall();
        });
    assertThat(failure(() -> read(store, 0, 16))).isInstanceOf(StoreException.Invalid.class);
  }

  @Test
  void anObjectThatIsAnErrorDocumentIsAnObject() throws Exception {
    String content = S3Answers.document("InternalError");
    var version = new ObjectVersion(S3Answers.KEY, "t1", content.length());
    server.script(
        wire -> wire.send(200, "Content-Type: application/xml\r\nETag: \"t1\"\r\n", content));
    try (InputStream body = store.open(version, version.all())) {
      assertThat(new String(body.readAllBytes(), ISO_8859_1)).isEqualTo(content);
    }
    requireGoodStore();
  }

  @Test
  void bytesThatAreStoredCompressedAreDeliveredCompressed() throws Exception {
    byte[] stored = gzip("abcdefghijklmnop");
    String headers =
        "HTTP/1.1 206 Partial\r\nETag: \"t1\"\r\nContent-Encoding: gzip\r\n"
            + "Content-Range: bytes 0-%d/%d\r\nContent-Length: %d\r\n\r\n"
                .formatted(stored.length - 1, stored.length, stored.length);
    server.script(wire -> wire.send(headers + new String(stored, ISO_8859_1)));
    var version = new ObjectVersion(S3Answers.KEY, "t1", stored.length);
    try (InputStream body = store.open(version, new ByteRange(0, stored.length))) {
      assertThat(body.readAllBytes()).isEqualTo(stored);
    }
  }

  private static byte[] gzip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(ISO_8859_1));
    }
    return bytes.toByteArray();
  }

  @Test
  void nothingButTheStoredBytesIsAskedForAndTheSignatureDoesNotDependOnIt() throws Exception {
    server.script(S3Answers.part(4, 8), S3Answers.head(), S3Answers.listing(""));
    read(store, 4, 8);
    store.head(S3Answers.KEY);
    list();
    assertThat(server.requests())
        .hasSize(3)
        .allSatisfy(
            request -> {
              assertThat(request.headers()).containsEntry("Accept-Encoding", "identity");
              // Google's and other front ends change this header on the way.
              assertThat(request.headers().get("Authorization"))
                  .contains("SignedHeaders=")
                  .doesNotContain("accept-encoding");
            });
  }

  @Test
  void aListingThatIsNotFoundMeansThatThereIsNoBucket() throws Exception {
    server.script(S3Answers.bare(404, ""));
    assertThat(failure(this::list))
        .isInstanceOf(StoreException.NotFound.class)
        .hasMessageContaining("no bucket named bucket");
    server.script(wire -> wire.send(404, "Content-Type: text/html\r\n", "<html>none</html>"));
    assertThat(failure(this::list))
        .isInstanceOf(StoreException.NotFound.class)
        .hasMessageContaining("no bucket named bucket");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<Key>models/a</Key><LastModified>2025-01-01T00:00:00.000Z</LastModified><ETag>\"t\"</ETag>"
            + "<Size>-1</Size>",
        "<Key>models/a</Key><ETag>\"t\"</ETag><Size>1</Size>",
        "<Key>models/a</Key><LastModified>2025-01-01T00:00:00.000Z</LastModified><Size>1</Size>",
        "<LastModified>2025-01-01T00:00:00.000Z</LastModified><ETag>\"t\"</ETag><Size>1</Size>",
        "<Key>models/a</Key><LastModified>yesterday</LastModified><ETag>\"t\"</ETag><Size>1</Size>",
        "<Key>models/a</Key><LastModified>2025-01-01T00:00:00.000Z</LastModified><ETag>\"t\"</ETag>"
            + "<Size>many</Size>",
      })
  void anObjectListedWithoutWhatMakesItOneIsNoAnswer(String contents) throws Exception {
    server.script(S3Answers.listing("<Contents>" + contents + "</Contents>"));
    StoreException e = failure(this::list);
    assertThat(e).hasMessageContaining("s3://bucket/");
  }

  @Test
  void aDirectoryListedWithoutANameIsNoAnswer() throws Exception {
    server.script(S3Answers.listing("<CommonPrefixes></CommonPrefixes>"));
    assertThat(failure(this::list)).isInstanceOf(StoreException.Invalid.class);
  }

  @ParameterizedTest
  @CsvSource({"''", "Content-Length: -1", "Content-Length: many"})
  void anObjectWithoutASizeIsNotAnEmptyFile(String length) throws Exception {
    server.script(
        wire -> {
          wire.send(
              "HTTP/1.1 200 OK\r\nETag: \"t1\"\r\nConnection: close\r\n"
                  + "Last-Modified: Wed, 01 Jan 2025 00:00:00 GMT\r\n"
                  + (length.isEmpty() ? "" : length + "\r\n")
                  + "\r\n");
          wire.hangUp();
        });
    assertThat(failure(() -> store.head(S3Answers.KEY)))
        .hasMessageContaining("s3://bucket/models/k.bin");
  }

  @Test
  void anObjectWithoutATimeIsNoAnswer() throws Exception {
    server.script(
        wire -> wire.send("HTTP/1.1 200 OK\r\nETag: \"t1\"\r\nContent-Length: 4\r\n\r\n"));
    assertThat(failure(() -> store.head(S3Answers.KEY)))
        .isInstanceOf(StoreException.Invalid.class)
        .hasMessageContaining("no Last-Modified");
  }

  private void list() throws StoreException {
    var _ = store.list(ListRequest.directory("models/"));
  }
}
