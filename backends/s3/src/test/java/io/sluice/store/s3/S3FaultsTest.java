package io.sluice.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.ListRequest;
import io.sluice.store.StoreException;
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
