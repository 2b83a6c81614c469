package io.sluice.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.store.ByteRange;
import io.sluice.store.ListRequest;
import io.sluice.store.StoreException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** A server or a network that breaks: the right bytes, or the right error in good time. */
final class S3FaultsTest extends FaultsFixture {
  @Test
  void theRangeAndTheVersionGoWithTheRequest() throws Exception {
    server.script(S3Answers.part(4, 8));
    assertThat(read(store, 4, 8)).isEqualTo("efgh");
    var request = server.requests().getFirst();
    assertThat(request.line()).isEqualTo("GET /bucket/models/k.bin");
    assertThat(request.headers())
        .containsEntry("Range", "bytes=4-7")
        .containsEntry("If-Match", "\"t1\"");
  }

  @Test
  void aKeyIsSentVerbatim() throws Exception {
    server.script(S3Answers.head());
    store.head("a//b/./c/../d");
    // The SDK writes the second of two slashes as %2F, which is the same key.
    assertThat(server.requests().getFirst().line()).isEqualTo("HEAD /bucket/a/%2Fb/./c/../d");
  }

  @Test
  void aResetBeforeTheAnswerIsUnavailable() throws Exception {
    server.script(wire -> wire.reset());
    assertThat(failure(() -> read(store, 0, 16)))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("s3://bucket/models/k.bin");
  }

  @Test
  void aServerThatHangsUpIsUnavailable() throws Exception {
    server.script(wire -> wire.hangUp());
    assertThat(failure(() -> store.head("k"))).isInstanceOf(StoreException.Unavailable.class);
  }

  @Test
  void aResetInTheBodyIsUnavailable() throws Exception {
    server.script(
        wire -> {
          wire.send(S3Answers.partHead(0, 16) + "abcde");
          wire.reset();
        });
    assertThat(failure(() -> read(store, 0, 16)))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("models/k.bin");
  }

  @Test
  void aShortBodyIsNoEndOfFile() throws Exception {
    server.script(
        wire -> {
          wire.send(S3Answers.partHead(0, 16) + "abcde");
          wire.hangUp();
        });
    assertThat(failure(() -> read(store, 0, 16)))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("models/k.bin");
  }

  @Test
  void aBodyLongerThanItsHeadersIsCutAndItsRestIsNotTheNextAnswer() throws Exception {
    server.script(
        wire -> {
          wire.send(S3Answers.partHead(0, 4) + "abcdefghHTTP/1.1 200 OK\r\n");
          wire.hangUp();
        });
    assertThat(read(store, 0, 4)).isEqualTo("abcd");
  }

  @Test
  void aSilentServerIsUnavailableInTime() throws Exception {
    server.script(wire -> wire.stall());
    assertThat(failure(() -> read(store, 0, 16)))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("models/k.bin")
        .hasMessageContaining("no answer in time");
  }

  @Test
  void aServerThatFallsSilentInTheBodyIsUnavailableInTime() throws Exception {
    server.script(
        wire -> {
          wire.send(S3Answers.partHead(0, 16) + "abcde");
          wire.stall();
        });
    assertThat(failure(() -> read(store, 0, 16)))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("models/k.bin")
        .hasMessageContaining("no answer in time");
  }

  @Test
  void aBodyLeftEarlyIsNotWaitedFor() throws Exception {
    server.script(
        wire -> {
          wire.send(S3Answers.partHead(0, 16) + "abcde");
          wire.stall();
        });
    InputStream body = store.open(VERSION, new ByteRange(0, 16));
    assertThat(body.read()).isEqualTo('a');
    long began = System.nanoTime();
    body.close();
    assertThat(System.nanoTime() - began).isLessThan(SHORT.silence().toNanos());
    requireGoodStore();
  }

  @Test
  void nobodyListeningIsUnavailable() throws Exception {
    try (Socket silent = new Socket()) { // holds the port, so that nobody else listens there
      silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      URI nowhere = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      try (S3Store lost = S3Store.open(settings(nowhere, SHORT))) {
        StoreException e =
            catchThrowableOfType(StoreException.class, () -> lost.head("models/k.bin"));
        assertThat(e)
            .isInstanceOf(StoreException.Unavailable.class)
            .hasMessageContaining("s3://bucket/models/k.bin")
            .hasMessageContaining("refused")
            .hasMessageNotContaining(SECRET);
      }
    }
  }

  @Test
  void theWholeObjectIsNoAnswerToARange() throws Exception {
    server.script(S3Answers.whole("t1"));
    assertThat(failure(() -> read(store, 4, 8)))
        .isInstanceOf(StoreException.Invalid.class)
        .hasMessageContaining("models/k.bin")
        .hasMessageContaining("not the range 4..8");
  }

  @Test
  void theWholeObjectIsAnAnswerToItsWholeRange() throws Exception {
    server.script(S3Answers.whole("t1"));
    assertThat(read(store, 0, 16)).isEqualTo(S3Answers.CONTENT);
  }

  @Test
  void anotherRangeIsNoAnswer() throws Exception {
    server.script(S3Answers.part(3, 7));
    assertThat(failure(() -> read(store, 4, 8)))
        .isInstanceOf(StoreException.Invalid.class)
        .hasMessageContaining("bytes 3-6/16");
  }

  @Test
  void theSameRangeOfALongerObjectIsNoAnswer() throws Exception {
    server.script(
        wire -> wire.send(206, "ETag: \"t1\"\r\nContent-Range: bytes 4-7/17\r\n", "efgh"));
    assertThat(failure(() -> read(store, 4, 8))).isInstanceOf(StoreException.Invalid.class);
  }

  @Test
  void anotherVersionInSpiteOfTheConditionIsChanged() throws Exception {
    server.script(S3Answers.whole("t2"));
    assertThat(failure(() -> read(store, 0, 16)))
        .isInstanceOf(StoreException.Changed.class)
        .hasMessageContaining("t2")
        .hasMessageContaining("t1");
  }

  @Test
  void bytesOfAnUnknownVersionAreNoAnswer() throws Exception {
    server.script(wire -> wire.send(200, "", "<Error> it is />"));
    assertThat(failure(() -> read(store, 0, 16)))
        .isInstanceOf(StoreException.Invalid.class)
        .hasMessageContaining("no ETag");
  }

  @Test
  void anErrorDocumentInPlaceOfTheBytesIsNoAnswer() throws Exception {
    server.script(wire -> wire.send(200, "", S3Answers.document("InternalError")));
    assertThat(failure(() -> read(store, 0, 16))).isInstanceOf(StoreException.Invalid.class);
  }

  @Test
  void aListingThatIsAnErrorDocumentIsNotAnEmptyDirectory() throws Exception {
    server.script(S3Answers.xml("<Error><Code>InternalError</Code></Error>"));
    assertThat(failure(this::list)).hasMessageContaining("s3://bucket/models/");
  }

  @Test
  void aListingThatIsAWebPageIsNotAnEmptyDirectory() throws Exception {
    server.script(S3Answers.xml("<html><body>Please log in.</body></html>"));
    assertThat(failure(this::list)).hasMessageContaining("s3://bucket/models/");
  }

  @Test
  void aListingThatBreaksOffIsNotASmallerDirectory() throws Exception {
    server.script(
        S3Answers.xml(
            "<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>models/a</Key>"));
    assertThat(failure(this::list)).hasMessageContaining("s3://bucket/models/");
  }

  @Test
  void aListingThatGoesOnWithoutSayingWhereIsNoAnswer() throws Exception {
    server.script(
        S3Answers.xml("<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>"));
    assertThat(failure(this::list))
        .isInstanceOf(StoreException.Invalid.class)
        .hasMessageContaining("s3://bucket/models/");
  }

  @Test
  void anObjectListedWithoutItsSizeIsNotAnEmptyFile() throws Exception {
    server.script(
        S3Answers.xml(
            "<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>models/a</Key>"
                + "<LastModified>2025-01-01T00:00:00.000Z</LastModified><ETag>\"t\"</ETag>"
                + "</Contents></ListBucketResult>"));
    assertThat(failure(this::list))
        .isInstanceOf(StoreException.Invalid.class)
        .hasMessageContaining("models/a");
  }

  private void list() throws StoreException {
    var _ = store.list(ListRequest.directory("models/"));
  }
}
