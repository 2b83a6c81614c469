package io.sluice.store.gcs;

import io.sluice.store.Payload;
import io.sluice.store.StoreException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A payload that has the length it says, or a reason why not: that it cannot be read is nothing
 * that asking the store again would help.
 */
record GivenBytes(Payload given, String subject) implements Payload {
  @Override
  public long length() {
    return given.length();
  }

  @Override
  public InputStream open() throws StoreException {
    try {
      return new Body(given.open());
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private StoreException unreadable(IOException e) {
    return new StoreException.Invalid(
        subject + ": what is to be written cannot be read: " + e.getMessage(), e);
  }

  private final class Body extends FilterInputStream {
    private long left = length();

    Body(InputStream body) {
      super(body);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** What is there beyond the length is left alone. */
    @Override
    public int read(byte[] into, int offset, int length) throws StoreException {
      if (left == 0) return -1;
      int count;
      try {
        count = in.read(into, offset, (int) Math.min(length, left));
      } catch (IOException e) {
        throw unreadable(e);
      }
      if (count < 0)
        throw new StoreException.Invalid(
            subject + ": what is to be written ended " + left + " bytes early", null);
      left -= count;
      return count;
    }
  }
}
