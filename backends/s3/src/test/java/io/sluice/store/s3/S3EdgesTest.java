package io.sluice.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.ListRequest;
import io.sluice.store.ObjectMeta;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Where servers differ from each other, and where our own use of the client has an edge. */
final class S3EdgesTest extends FaultsFixture {
  @Test
  void bytesAreTheStoredOnesHoweverTheyAreEncoded() throws Exception {
    var headers = "ETag: \"t1\"\r\nContent-Encoding: gzip\r\nContent-Range: bytes 0-15/16\r\n";
    server.script(wire -> wire.send(206, headers, S3Answers.CONTENT));
    assertThat(read(store, 0, 16)).isEqualTo(S3Answers.CONTENT);
    assertThat(server.requests().getFirst().headers().getOrDefault("Accept-Encoding", "identity"))
        .isEqualTo("identity");
  }

  @Test
  void aTagWithoutQuotesIsTheSameTag() throws Exception {
    server.script(
        S3Answers.head("t1"),
        wire -> wire.send(206, "ETag: t1\r\nContent-Range: bytes 4-7/16\r\n", "efgh"));
    assertThat(store.head(S3Answers.KEY).version()).isEqualTo(VERSION);
    assertThat(read(store, 4, 8)).isEqualTo("efgh");
  }

  @Test
  void aListingTellsTheTimeThatAHeadTells() throws Exception {
    // MinIO lists milliseconds; the header of a HEAD holds seconds.
    server.script(
        S3Answers.head("\"t1\""),
        S3Answers.xml(
            "<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>models/k.bin</Key>"
                + "<LastModified>2025-01-01T00:00:00.987Z</LastModified><ETag>\"t1\"</ETag>"
                + "<Size>16</Size></Contents></ListBucketResult>"));
    ObjectMeta head = store.head(S3Answers.KEY);
    assertThat(head.lastModified()).isEqualTo(Instant.parse("2025-01-01T00:00:00Z"));
    assertThat(store.list(ListRequest.everything("")).objects()).containsExactly(head);
  }

  @Test
  void aPrefixIsSentAndReadInItsEncoding() throws Exception {
    server.script(
        S3Answers.xml(
            "<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>true</IsTruncated>"
                + "<NextContinuationToken>a+b%2B</NextContinuationToken>"
                + "<CommonPrefixes><Prefix>a%01+%2B/</Prefix></CommonPrefixes>"
                + "</ListBucketResult>"));
    var page = store.list(ListRequest.directory("a\u0001"));
    assertThat(page.prefixes()).containsExactly("a\u0001 +/");
    assertThat(page.next()).as("tokens are never encoded").contains("a+b%2B");
    assertThat(server.requests().getFirst().line()).contains("encoding-type=url", "prefix=a%01");
  }
}
