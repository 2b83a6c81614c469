package io.sluice.store.s3;

import io.sluice.store.ByteRange;
import io.sluice.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.http.AbortableInputStream;

/**
 * The body of a GET: exactly the range that was asked for, or a {@link StoreException}. Reads go
 * straight to the connection; nothing is copied here. For one thread at a time.
 */
final class S3Body extends InputStream {
  private final AbortableInputStream body;
  private final S3Errors errors;
  private final String key;
  private final ByteRange range;
  private final boolean isReusable;
  private long left;
  private boolean closed;

  /**
   * @param isReusable whether the connection can be used again behind the range; where the answer
   *     did not tell its length, nobody knows what follows
   */
  S3Body(
      AbortableInputStream body, S3Errors errors, String key, ByteRange range, boolean isReusable) {
    this.body = body;
    this.errors = errors;
    this.key = key;
    this.range = range;
    this.isReusable = isReusable;
    this.left = range.length();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) return 0;
    if (left == 0) return -1;
    int count;
    try {
      count = body.read(into, offset, (int) Math.min(length, left));
    } catch (IOException | RuntimeException e) {
      throw errors.translate("GET " + range + " of", key, e);
    }
    if (count < 0)
      throw new StoreException.Unavailable(
          "the body of %s, %s, ended %d bytes early".formatted(key, range, left), null);
    left -= count;
    return count;
  }

  /**
   * Gives the connection back where all was read; else gives it up, rather than read what nobody
   * wants.
   */
  @Override
  public void close() throws IOException {
    if (closed) return;
    closed = true;
    if (left > 0 || !isReusable) body.abort();
    else body.close();
  }
}
