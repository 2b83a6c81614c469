package io.sluice.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A store with at most so many requests in flight; a GET is in flight until its body is closed.
 * After the store asked us to slow down it is half as many, and then more again, one by one. Who
 * finds no turn free waits, in the order of coming and for a bounded time.
 */
public final class LimitedStore extends StoreDecorator {
  private final Duration patience;
  private final Turns turns;

  /**
   * Limits a store.
   *
   * @param most requests in flight
   * @param patience how long a request waits for its turn before it fails as throttled
   */
  public LimitedStore(ObjectStore inner, int most, Duration patience) {
    super(inner);
    this.patience = patience;
    this.turns = new Turns(most);
  }

  @Override
  protected <T> T send(Request request, Sending<T> sending) throws StoreException {
    long turn = take(request.key());
    try {
      return watched(turn, sending);
    } finally {
      turns.giveBack();
    }
  }

  @Override
  public InputStream open(ObjectVersion version, ByteRange range) throws StoreException {
    if (range.isEmpty()) return inner.open(version, range); // which asks nobody
    long turn = take(version.key());
    boolean opened = false;
    try {
      var body = new BodyInFlight(watched(turn, () -> inner.open(version, range)));
      opened = true;
      return body;
    } finally {
      if (!opened) turns.giveBack();
    }
  }

  private <T> T watched(long turn, Sending<T> sending) throws StoreException {
    try {
      T answer = sending.now();
      turns.wentWell();
      return answer;
    } catch (StoreException.Throttled e) {
      turns.slowDown(turn);
      throw e;
    }
  }

  private long take(String key) throws StoreException {
    OptionalLong turn;
    try {
      turn = turns.take(patience.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException.Unavailable("interrupted before a request for " + key, e);
    }
    return turn.orElseThrow(
        () ->
            new StoreException.Throttled(
                "%d requests are in flight, and none ended within %s s: %s"
                    .formatted(turns.allowed(), patience.toMillis() / 1000.0, key),
                null));
  }

  private final class BodyInFlight extends FilterInputStream implements ByteBufferReadable {
    private final AtomicBoolean closed = new AtomicBoolean();

    BodyInFlight(InputStream body) {
      super(body);
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      return ByteBufferReadable.read(in, into);
    }

    @Override
    public void close() throws IOException {
      if (!closed.compareAndSet(false, true)) return;
      try {
        super.close();
      } finally {
        turns.giveBack();
      }
    }
  }
}
