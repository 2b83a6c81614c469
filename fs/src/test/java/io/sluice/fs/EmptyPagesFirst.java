package io.sluice.fs;

import io.sluice.store.ByteRange;
import io.sluice.store.ListPage;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Answers each listing with two pages of nothing first, as a bucket full of deleted keys does. */
record EmptyPagesFirst(ObjectStore store) implements ObjectStore {
  @Override
  public ListPage list(ListRequest request) throws StoreException {
    return switch (request.after().orElse("")) {
      case "" -> new ListPage(List.of(), List.of(), Optional.of("empty 1"));
      case "empty 1" -> new ListPage(List.of(), List.of(), Optional.of("empty 2"));
      default ->
          store.list(
              new ListRequest(
                  request.prefix(), request.delimiter(), Optional.empty(), request.maxKeys()));
    };
  }

  @Override
  public ObjectMeta head(String key) throws StoreException {
    return store.head(key);
  }

  @Override
  public InputStream open(ObjectVersion version, ByteRange range) throws StoreException {
    return store.open(version, range);
  }

  @Override
  public void close() {
    store.close();
  }
}
