package io.sluice.store.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.api.client.http.HttpContent;
import io.sluice.store.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.UUID;

/**
 * An object's description and its bytes as one body, whose length is known before it is sent (Cloud
 * Storage, "Single-request uploads": {@code multipart/related}).
 */
final class UploadContent implements HttpContent {
  private static final int PIECE = 128 << 10;

  private final String boundary = UUID.randomUUID().toString();
  private final Payload payload;
  private final byte[] start;
  private final byte[] end;

  /**
   * Describes a payload.
   *
   * @param description of the object, in JSON
   */
  UploadContent(String description, String contentType, Payload payload) {
    this.payload = payload;
    this.start =
        "--%s\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n%s\r\n--%s\r\nContent-Type: %s\r\n\r\n"
            .formatted(boundary, description, boundary, contentType)
            .getBytes(UTF_8);
    this.end = "\r\n--%s--\r\n".formatted(boundary).getBytes(UTF_8);
  }

  @Override
  public long getLength() {
    return start.length + payload.length() + end.length;
  }

  @Override
  public String getType() {
    return "multipart/related; boundary=" + boundary;
  }

  @Override
  public boolean retrySupported() {
    return true; // a payload can be opened again
  }

  /** A payload that cannot be read breaks the request off. */
  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(start, 0, start.length);
    byte[] piece = new byte[PIECE];
    try (InputStream in = payload.open()) {
      for (int count = in.read(piece); count >= 0; count = in.read(piece))
        out.write(piece, 0, count);
    }
    out.write(end, 0, end.length);
    out.flush();
  }
}
