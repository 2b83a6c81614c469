package io.sluice.store.testkit;

import io.sluice.store.ByteRange;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreDecorator;
import io.sluice.store.StoreException;
import java.io.InputStream;

/** A store that hands everything on, for fakes that change one thing about another store. */
public abstract class PassingStore extends StoreDecorator {
  protected PassingStore(ObjectStore inner) {
    super(inner);
  }

  @Override
  protected <T> T send(Request request, Sending<T> sending) throws StoreException {
    return sending.now();
  }

  @Override
  public InputStream open(ObjectVersion version, ByteRange range) throws StoreException {
    return inner.open(version, range);
  }
}
