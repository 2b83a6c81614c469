package io.sluice.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/**
 * A body of a request, in pieces that are worth a system call, and several TLS records: the HTTP
 * client's own writes 4 KiB at once. For one request.
 */
final class SentBody extends AbstractHttpEntity {
  private static final int PIECE = 1 << 16;

  private final InputStream content;
  private final long length;

  /**
   * A body that is sent once.
   *
   * @param length in bytes; negative where it is not known
   */
  SentBody(InputStream content, long length) {
    super((String) null, null);
    this.content = content;
    this.length = length;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    try (content) {
      byte[] piece = new byte[length < 0 ? PIECE : Math.clamp(length, 1, PIECE)];
      long left = length < 0 ? Long.MAX_VALUE : length;
      while (left > 0) {
        int count = content.read(piece, 0, (int) Math.min(piece.length, left));
        if (count < 0) return; // the connection knows how long it should have been
        out.write(piece, 0, count);
        left -= count;
      }
    }
  }

  @Override
  public InputStream getContent() {
    return content;
  }

  @Override
  public long getContentLength() {
    return length;
  }

  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public boolean isStreaming() {
    return true;
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
