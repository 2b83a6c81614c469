package io.sluice.store.gcs;

import io.sluice.store.testkit.Dialect;
import io.sluice.store.testkit.ScriptedHttpServer.Answer;

/** What Cloud Storage answers about one object, for scripts. */
final class GcsAnswers {
  static final String KEY = Dialect.KEY;
  static final String GENERATION = "1700000000000001";
  static final String CONTENT = Dialect.CONTENT;
  static final String PATH = "/download/storage/v1/b/bucket/o/models%2Fk.bin?";

  /** CRC32C of the content, as headers tell it. */
  static final String CRC = "o6f+5Q==";

  private GcsAnswers() {}

  static Answer object() {
    return json(
        """
        {"kind":"storage#object","name":"models/k.bin","generation":"%s","size":"16",
         "updated":"2025-01-01T00:00:00.123Z"}
        """
            .formatted(GENERATION));
  }

  /** The range of the object's bytes, as it should be. */
  static Answer part(int start, int end) {
    return new GcsDialect().part(start, end);
  }

  /** The same up to its body. */
  static String partHead(int start, int end) {
    return "HTTP/1.1 206 Partial\r\n"
        + headers(GENERATION, CRC)
        + "Content-Range: bytes %d-%d/%d\r\n".formatted(start, end - 1, CONTENT.length())
        + "Content-Length: %d\r\n\r\n".formatted(end - start);
  }

  static String headers(String generation, String crc) {
    return "x-goog-generation: %s\r\nx-goog-hash: crc32c=%s\r\nx-goog-hash: md5=AAAA\r\n"
        .formatted(generation, crc);
  }

  /** The whole object, whatever was asked for. */
  static Answer whole(String generation, String crc) {
    return wire -> wire.send(200, headers(generation, crc), CONTENT);
  }

  static Answer error(int status, String reason) {
    return error(status, reason, "as scripted");
  }

  static Answer error(int status, String reason, String message) {
    return wire ->
        wire.send(
            status,
            "Content-Type: application/json; charset=UTF-8\r\nX-GUploader-UploadID: REQ7\r\n",
            document(status, reason, message));
  }

  static String document(int status, String reason, String message) {
    return """
    {"error":{"code":%d,"message":"%s","errors":[
      {"message":"%s","domain":"global","reason":"%s"}]}}
    """
        .formatted(status, message, message, reason);
  }

  static Answer json(String body) {
    return wire -> wire.send(200, "Content-Type: application/json; charset=UTF-8\r\n", body);
  }
}
