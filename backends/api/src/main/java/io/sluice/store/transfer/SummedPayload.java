package io.sluice.store.transfer;

import io.sluice.store.BlockwiseInput;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Part;
import io.sluice.store.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Takes the CRC-32C of bytes as they are sent, without reading them once more: that of the last
 * time that they were read to their end, so of what the store was given, not of what a file had
 * before or after. Remembers where the bytes could not be read. For one request at a time.
 */
public final class SummedPayload implements Payload {
  private final Payload payload;
  private volatile Optional<Integer> sum = Optional.empty();
  private volatile Optional<IOException> failure = Optional.empty();

  public SummedPayload(Payload payload) {
    this.payload = payload;
  }

  /** Of the last stream that was read to its end; absent where none was. */
  public Optional<Integer> sum() {
    return sum;
  }

  /** Why the bytes could not be had, if that was so. */
  public Optional<IOException> failure() {
    return failure;
  }

  /** The object that they have become, as its only part. */
  Part part(ObjectVersion version) {
    return new Part(1, version.tag(), payload.length(), sum);
  }

  @Override
  public long length() {
    return payload.length();
  }

  @Override
  public InputStream open() throws IOException {
    try {
      return new Summed(payload.open());
    } catch (IOException e) {
      throw noted(e);
    }
  }

  private IOException noted(IOException e) {
    failure = Optional.of(e);
    return e;
  }

  /** What is skipped is read, so that it is summed. */
  private final class Summed extends BlockwiseInput {
    private final InputStream in;
    private final CRC32C crc = new CRC32C();
    private long left = payload.length();

    Summed(InputStream in) {
      this.in = in;
      added(0);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        int count = in.read(into, offset, length);
        if (count <= 0) return count;
        crc.update(into, offset, count);
        added(count);
        return count;
      } catch (IOException e) {
        throw noted(e);
      }
    }

    private void added(int count) {
      left -= count;
      if (left == 0) sum = Optional.of((int) crc.getValue());
    }

    @Override
    public int available() throws IOException {
      return in.available();
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
