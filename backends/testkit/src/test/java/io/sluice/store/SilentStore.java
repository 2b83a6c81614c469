package io.sluice.store;

import java.io.InputStream;
import java.time.Duration;

/** Never answers: each request fails after the patience of its connection. */
final class SilentStore extends ReadOnlyStore {
  private final FakeWaiting time;
  private final Duration patience;

  SilentStore(FakeWaiting time, Duration patience) {
    this.time = time;
    this.patience = patience;
  }

  @Override
  public ObjectMeta head(String key) throws StoreException {
    throw silence();
  }

  @Override
  public ListPage list(ListRequest request) throws StoreException {
    throw silence();
  }

  @Override
  public InputStream open(ObjectVersion version, ByteRange range) throws StoreException {
    throw silence();
  }

  private StoreException silence() {
    time.pass(patience);
    return new StoreException.Unavailable("no answer in time", null);
  }

  @Override
  public void close() {}
}
