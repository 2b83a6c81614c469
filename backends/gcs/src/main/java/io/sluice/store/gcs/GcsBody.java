package io.sluice.store.gcs;

import io.sluice.store.BlockwiseInput;
import io.sluice.store.ByteRange;
import io.sluice.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The body of a GET: exactly the range that was asked for, or a {@link StoreException}. Reads go
 * straight to the connection; nothing is copied here. Where the whole object is read and its CRC32C
 * is known, its last bytes are handed out only if it is the right one. For one thread at a time.
 */
final class GcsBody extends BlockwiseInput {
  private final InputStream body;
  private final GcsErrors errors;
  private final String key;
  private final ByteRange range;
  private final Optional<Integer> expected;
  private final CRC32C crc = new CRC32C();
  private long left;

  /**
   * Takes a body over.
   *
   * @param expected CRC32C of these bytes, where it is known
   */
  GcsBody(
      InputStream body, GcsErrors errors, String key, ByteRange range, Optional<Integer> expected) {
    this.body = body;
    this.errors = errors;
    this.key = key;
    this.range = range;
    this.expected = expected;
    this.left = range.length();
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
          "%s ended %d bytes early".formatted(errors.subject("GET " + range + " of", key), left),
          null);
    if (expected.isPresent()) check(expected.get(), into, offset, count);
    left -= count;
    return count;
  }

  private void check(int right, byte[] read, int offset, int count) throws StoreException {
    crc.update(read, offset, count);
    if (count < left || (int) crc.getValue() == right) return;
    String text =
        "%s has CRC32C %08x, not %08x: damaged on its way"
            .formatted(errors.subject("GET " + range + " of", key), (int) crc.getValue(), right);
    // Whoever has read the bytes before these cannot be helped by fetching the last ones again.
    throw left == range.length()
        ? new StoreException.Unavailable(text, null)
        : new StoreException.Invalid(text, null);
  }

  /**
   * Gives the connection back where all was read; else gives it up. A second close does nothing.
   */
  @Override
  public void close() throws IOException {
    body.close();
  }
}
