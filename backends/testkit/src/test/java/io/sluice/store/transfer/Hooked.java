package io.sluice.store.transfer;

import io.sluice.store.ByteRange;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import io.sluice.store.testkit.PassingStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A store that does something before each request of a kind. */
final class Hooked extends PassingStore {
  /** What is done first. */
  interface Hook {
    void run(String request) throws IOException, InterruptedException;
  }

  private final String start;
  private final Hook hook;

  /** Before requests whose text starts so: {@code PUT_PART}, {@code GET k 0..8}. */
  Hooked(ObjectStore inner, String start, Hook hook) {
    super(inner);
    this.start = start;
    this.hook = hook;
  }

  /** One that refuses requests whose text starts so. */
  static Hooked refusing(ObjectStore inner, String start, StoreException reason) {
    return new Hooked(
        inner,
        start,
        _ -> {
          throw reason;
        });
  }

  @Override
  protected <T> T send(Request request, Sending<T> sending) throws StoreException {
    before(request.toString());
    return sending.now();
  }

  @Override
  public InputStream open(ObjectVersion version, ByteRange range) throws StoreException {
    before("GET " + version.key() + " " + range);
    return super.open(version, range);
  }

  private void before(String request) throws StoreException {
    if (!request.startsWith(start)) return;
    try {
      hook.run(request);
    } catch (StoreException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException.Unavailable("interrupted: " + request, e);
    }
  }
}
