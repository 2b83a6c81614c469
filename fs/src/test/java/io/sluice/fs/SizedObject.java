package io.sluice.fs;

import io.sluice.store.ByteRange;
import io.sluice.store.ListPage;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectVersion;
import io.sluice.store.ReadOnlyStore;
import io.sluice.store.StoreException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One object, "sized", of any size and without bytes. */
final class SizedObject extends ReadOnlyStore {
  private final long size;

  SizedObject(long size) {
    this.size = size;
  }

  @Override
  public ObjectMeta head(String key) throws StoreException {
    if (!key.equals("sized")) throw new StoreException.NotFound(key, null);
    return new ObjectMeta(new ObjectVersion(key, "v1", size), Instant.EPOCH);
  }

  @Override
  public ListPage list(ListRequest request) throws StoreException {
    boolean isListed = "sized".startsWith(request.prefix());
    return new ListPage(isListed ? List.of(head("sized")) : List.of(), List.of(), Optional.empty());
  }

  @Override
  public InputStream open(ObjectVersion version, ByteRange range) throws StoreException {
    throw new StoreException.Unsupported("no bytes", null);
  }

  @Override
  public void close() {}
}
