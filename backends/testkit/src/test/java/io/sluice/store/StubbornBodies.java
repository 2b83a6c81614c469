package io.sluice.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A store whose bodies complain when they are closed. */
record StubbornBodies(ObjectStore inner) implements ObjectStore {
  @Override
  public ObjectMeta head(String key) throws StoreException {
    return inner.head(key);
  }

  @Override
  public ListPage list(ListRequest request) throws StoreException {
    return inner.list(request);
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

  @Override
  public void close() {
    inner.close();
  }
}
