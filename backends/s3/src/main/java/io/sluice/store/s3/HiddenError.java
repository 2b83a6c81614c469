package io.sluice.store.s3;

import io.sluice.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * An error that comes under status 200, in place of the bytes: gateways that have promised an
 * answer before they have one can no longer say it otherwise.
 */
final class HiddenError {
  /** A document comes in one packet; one that drips is not waited for. */
  private static final int MOST_READS = 4;

  private HiddenError() {}

  /**
   * The document in an answer to a GET that is not what was asked for. What is read of the body is
   * gone.
   */
  static Optional<ErrorDocument> in(GetObjectResponse answer, InputStream body) {
    String type = String.valueOf(answer.contentType()).toLowerCase(Locale.ROOT);
    if (answer.contentRange() != null || !type.contains("xml")) return Optional.empty();
    try {
      return ErrorDocument.in(beginning(body));
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // whatever it was, it is not an answer: that is told already
    }
  }

  private static byte[] beginning(InputStream body) throws IOException {
    var beginning = new ByteArrayOutputStream();
    byte[] some = new byte[ErrorDocument.LONGEST];
    for (int i = 0; i < MOST_READS && beginning.size() < ErrorDocument.LONGEST; i++) {
      int count = body.read(some);
      if (count < 0) break;
      beginning.write(some, 0, count);
    }
    return beginning.toByteArray();
  }

  /** What the caller can do about it: some of them pass. */
  static StoreException kind(String subject, ErrorDocument document, StoreException mismatch) {
    String code = document.field("Code").orElse("no code");
    String text =
        "%s: an error under status 200: %s: %s%s"
            .formatted(
                subject,
                code,
                document.field("Message").orElse("no message"),
                document.field("RequestId").map(id -> " (request " + id + ")").orElse(""));
    return Refusal.of(200, code).exception(text, mismatch);
  }
}
