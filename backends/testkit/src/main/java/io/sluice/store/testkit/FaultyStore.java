package io.sluice.store.testkit;

import io.sluice.store.ByteRange;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreDecorator;
import io.sluice.store.StoreException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A store whose next requests go wrong as scripted, one fault each; with no fault left it works.
 * Remembers what was asked.
 */
public final class FaultyStore extends StoreDecorator {
  /** What goes wrong with one request. */
  public sealed interface Fault {
    /** Nothing. */
    record None() implements Fault {}

    /** The request fails at once. */
    record Refused(StoreException reason) implements Fault {}

    /** The request is done, but says this. */
    record LostAnswer(StoreException reason) implements Fault {}

    /** The body throws this after so many bytes. */
    record BrokenBody(long after, IOException reason) implements Fault {}

    /** The body says that it ended, after so many bytes. */
    record ShortBody(long after) implements Fault {}
  }

  private final ConcurrentLinkedQueue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  public FaultyStore(ObjectStore inner) {
    super(inner);
  }

  /** Adds faults: of the next request that has none yet, and of those that follow it. */
  public void script(Fault... next) {
    faults.addAll(List.of(next));
  }

  /** What was asked so far: {@code HEAD key}, {@code LIST prefix}, {@code GET key 0..8}. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  protected <T> T send(Request request, Sending<T> sending) throws StoreException {
    return switch (refuse(request.toString())) {
      case Fault.LostAnswer(StoreException reason) -> {
        sending.now();
        throw reason;
      }
      case Fault _ -> sending.now();
    };
  }

  @Override
  public InputStream open(ObjectVersion version, ByteRange range) throws StoreException {
    Fault fault = refuse("GET " + version.key() + " " + range);
    InputStream body = inner.open(version, range);
    return switch (fault) {
      case Fault.None _, Fault.Refused _, Fault.LostAnswer _ -> body;
      case Fault.BrokenBody(long after, IOException reason) ->
          new FaultyBody(body, after, Optional.of(reason));
      case Fault.ShortBody(long after) -> new FaultyBody(body, after, Optional.empty());
    };
  }

  private Fault refuse(String request) throws StoreException {
    requests.add(request);
    Fault next = faults.poll();
    if (next instanceof Fault.Refused(StoreException reason)) throw reason;
    return next == null ? new Fault.None() : next;
  }

  private static final class FaultyBody extends FilterInputStream {
    private final Optional<IOException> reason;
    private long left;

    FaultyBody(InputStream body, long left, Optional<IOException> reason) {
      super(body);
      this.left = left;
      this.reason = reason;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left == 0 && reason.isPresent()) throw reason.get();
      if (left == 0) return -1;
      int count = super.read(into, offset, (int) Math.min(length, left));
      if (count > 0) left -= count;
      return count;
    }
  }
}
