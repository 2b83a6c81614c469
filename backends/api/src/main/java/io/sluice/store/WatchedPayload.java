package io.sluice.store;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A payload on its way to a store: remembers where its own bytes could not be had, so that a broken
 * file is not taken for a broken network, and takes care that not a byte less is sent than it said.
 */
public final class WatchedPayload implements Payload {
  private final String key;
  private final Payload body;
  private final AtomicReference<Optional<IOException>> failure =
      new AtomicReference<>(Optional.empty());

  public WatchedPayload(String key, Payload body) {
    this.key = key;
    this.body = body;
  }

  @Override
  public long length() {
    return body.length();
  }

  @Override
  public InputStream open() throws IOException {
    try {
      return new Watched(body.open());
    } catch (IOException e) {
      throw noted(e);
    }
  }

  /** Why a request failed: because of the bytes, where that is so, else for the given reason. */
  public StoreException reason(StoreException otherwise) {
    return failure
        .get()
        .map(
            e ->
                e instanceof StoreException ours
                    ? ours
                    : new StoreException.Invalid(
                        "what is to be sent as %s cannot be read: %s"
                            .formatted(key, e.getMessage()),
                        e))
        .orElse(otherwise);
  }

  private IOException noted(IOException e) {
    failure.compareAndSet(Optional.empty(), Optional.of(e));
    return e;
  }

  private final class Watched extends BlockwiseInput {
    private final InputStream in;
    private long left = body.length();

    Watched(InputStream in) {
      this.in = in;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length == 0) return 0;
      if (left == 0) return -1;
      try {
        int count = in.read(into, offset, (int) Math.min(length, left));
        if (count < 0) throw new EOFException("it ended %d bytes early".formatted(left));
        left -= count;
        return count;
      } catch (IOException e) {
        throw noted(e);
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
