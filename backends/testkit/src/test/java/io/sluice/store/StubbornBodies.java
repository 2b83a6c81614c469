package io.sluice.store;

import io.sluice.store.testkit.PassingStore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A store whose bodies complain when they are closed. */
final class StubbornBodies extends PassingStore {
  StubbornBodies(ObjectStore inner) {
    super(inner);
  }

  @Override
  public InputStream open(ObjectVersion version, ByteRange range) throws StoreException {
    return new FilterInputStream(inner.open(version, range)) {
      @Override
      public void close() throws IOException {
        super.close();
        throw new IOException("does not close");
      }
    };
  }
}
