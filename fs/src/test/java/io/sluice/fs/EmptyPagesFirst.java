package io.sluice.fs;

import io.sluice.store.ListPage;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectStore;
import io.sluice.store.StoreException;
import io.sluice.store.testkit.PassingStore;
import java.util.List;
import java.util.Optional;

/** Answers each listing with two pages of nothing first, as a bucket full of deleted keys does. */
final class EmptyPagesFirst extends PassingStore {
  EmptyPagesFirst(ObjectStore store) {
    super(store);
  }

  @Override
  public ListPage list(ListRequest request) throws StoreException {
    return switch (request.after().orElse("")) {
      case "" -> new ListPage(List.of(), List.of(), Optional.of("empty 1"));
      case "empty 1" -> new ListPage(List.of(), List.of(), Optional.of("empty 2"));
      default ->
          inner.list(
              new ListRequest(
                  request.prefix(), request.delimiter(), Optional.empty(), request.maxKeys()));
    };
  }
}
