package io.sluice.store.s3;

import io.sluice.store.testkit.Dialect;
import io.sluice.store.testkit.ScriptedHttpServer.Answer;

/** What an S3 server answers about one object, for scripts. */
final class S3Answers {
  static final String KEY = Dialect.KEY;
  static final String TAG = "t1";
  static final String CONTENT = Dialect.CONTENT;

  private static final String HEADERS =
      "ETag: %s\r\nLast-Modified: Wed, 01 Jan 2025 00:00:00 GMT\r\n";

  private S3Answers() {}

  /** A HEAD that works. */
  static Answer head() {
    return head(quoted(TAG));
  }

  static Answer head(String tagAsSent) {
    return wire ->
        wire.send(
            "HTTP/1.1 200 OK\r\n"
                + HEADERS.formatted(tagAsSent)
                + "Content-Length: %d\r\n\r\n".formatted(CONTENT.length()));
  }

  /** The range of the object's bytes, as it should be. */
  static Answer part(int start, int end) {
    return new S3Dialect().part(start, end);
  }

  /** The same up to its body. */
  static String partHead(int start, int end) {
    return "HTTP/1.1 206 Partial\r\n"
        + HEADERS.formatted(quoted(TAG))
        + "Content-Range: bytes %d-%d/%d\r\n".formatted(start, end - 1, CONTENT.length())
        + "Content-Length: %d\r\n\r\n".formatted(end - start);
  }

  /** The whole object, whatever was asked for. */
  static Answer whole(String tag) {
    return wire -> wire.send(200, HEADERS.formatted(quoted(tag)), CONTENT);
  }

  private static String quoted(String tag) {
    return '"' + tag + '"';
  }

  static Answer error(int status, String code) {
    return wire -> wire.send(status, "Content-Type: application/xml\r\n", document(code));
  }

  /** As HEAD is answered: no document. */
  static Answer bare(int status, String headers) {
    return wire ->
        wire.send("HTTP/1.1 %d Scripted\r\n%sContent-Length: 0\r\n\r\n".formatted(status, headers));
  }

  static String document(String code) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>"
        + code
        + "</Code><Message>as scripted</Message><RequestId>REQ7</RequestId></Error>";
  }

  /** A listing that ends here. */
  static Answer listing(String contents) {
    return xml(
        "<ListBucketResult><IsTruncated>false</IsTruncated>" + contents + "</ListBucketResult>");
  }

  static Answer xml(String body) {
    return wire ->
        wire.send(
            200,
            "Content-Type: application/xml\r\n",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + body);
  }
}
