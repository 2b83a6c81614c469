package io.sluice.launcher.warm;

import io.sluice.cache.KeyPattern;
import io.sluice.launcher.warm.Selection.Listing;
import io.sluice.store.ListPage;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectStore;
import io.sluice.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what a {@link Selection} asks for, page by page; no page is kept. */
record SelectedObjects(ObjectStore store, Selection selection) {
  /** Takes what is found; may hold up the listing. */
  interface Taker {
    /** To be asked for by its name. */
    void key(String key) throws InterruptedException;

    void object(ObjectMeta object) throws InterruptedException;

    /** Whether nothing more is wanted. */
    boolean isStopped();
  }

  /**
   * Hands all of them on.
   *
   * @return patterns that nothing matched
   */
  List<KeyPattern> handTo(Taker taker) throws StoreException, InterruptedException {
    for (String key : selection.keys()) {
      if (taker.isStopped()) return List.of();
      taker.key(key);
    }
    List<KeyPattern> unmatched = new ArrayList<>(selection.patterns());
    for (Listing listing : selection.listings()) {
      Optional<ListRequest> next = Optional.of(listing.request());
      while (next.isPresent()) {
        if (taker.isStopped()) return List.of();
        ListRequest request = next.get();
        ListPage page = store.list(request);
        for (ObjectMeta object : page.objects())
          unmatched.removeIf(pattern -> pattern.matches(object.key()));
        for (ObjectMeta object : selection.of(listing, page)) taker.object(object);
        next = page.next().map(request::nextAfter);
      }
    }
    return unmatched;
  }
}
