package io.sluice.store.s3;

import io.sluice.store.BlockwiseInput;
import io.sluice.store.ByteBufferReadable;
import io.sluice.store.ByteRange;
import io.sluice.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;

/**
 * The body of a GET: exactly the range that was asked for, or a {@link StoreException}. Reads go
 * straight to the connection; nothing is copied here, and on connections without TLS nothing at all
 * on the way to a direct buffer. For one thread at a time.
 */
final class S3Body extends BlockwiseInput implements ByteBufferReadable {
  private final AbortableInputStream body;
  private final S3Errors errors;
  private final String key;
  private final ByteRange range;
  private final boolean isReusable;
  private long left;
  private boolean closed;
  private @Nullable Landing landing;

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
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) return 0;
    return read(() -> body.read(into, offset, (int) Math.min(length, left)));
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (!into.hasRemaining()) return 0;
    Landing there = landing == null ? new Landing(left) : landing;
    landing = there;
    return read(() -> there.read(body, into, left));
  }

  /** How many bytes were copied nowhere on their way. */
  long landed() {
    return landing == null ? 0 : landing.inAll();
  }

  private interface Reading {
    int now() throws IOException;
  }

  private int read(Reading reading) throws IOException {
    if (left == 0) return -1;
    int count;
    try {
      count = reading.now();
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
