package io.sluice.fs;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.fs.Finding.Known;
import io.sluice.store.ListPage;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectStore;
import io.sluice.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The listings of directories: read page by page as somebody gets there, kept while they are fresh
 * and while there is room. Safe for many threads; whoever wants the same page at the same time
 * shares one request.
 */
final class Directories {
  /** A directory of 100,000 files with an MD5 each takes some 20 MB. */
  static final long BUDGET_BYTES = 24 << 20;

  /** So that a walk through a million small directories stays small, too. */
  private static final int MAX_LISTINGS = 4096;

  private record PageId(Listing listing, int number) {
    @Override
    public String toString() {
      return "page " + number + " of \"" + listing.directory() + "\"";
    }
  }

  private final ObjectStore store;
  private final Freshness freshness;
  private final Consumer<String> hidden;
  private final Flights<PageId, Page> flights;
  private final Cache<String, Listing> latest;
  private final Cache<PageId, Page> pages;

  Directories(
      ObjectStore store,
      Freshness freshness,
      Consumer<String> hidden,
      Duration waitLimit,
      long budgetBytes) {
    this.store = store;
    this.freshness = freshness;
    this.hidden = hidden;
    this.flights = new Flights<>(waitLimit);
    // Its pages age one by one, so the listing itself has no age: it goes when others come.
    this.latest = Caffeine.newBuilder().executor(Runnable::run).maximumSize(MAX_LISTINGS).build();
    this.pages =
        freshness
            .cache()
            .maximumWeight(budgetBytes)
            .<PageId, Page>weigher((_, page) -> page.bytes())
            .build();
  }

  /** The listing to read now: the last one while it is fresh, or a new one. Asks nobody. */
  Listing listing(String directory) {
    return latest
        .asMap()
        .compute(
            directory,
            (_, last) ->
                last != null && freshness.isFresh(last.startedAt())
                    ? last
                    : new Listing(directory, freshness.now()));
  }

  /** Whether a page of it, or that there is none, can be told without asking. */
  boolean isAtHand(Listing listing, int number) {
    return listing.ask(number).isEmpty() || pages.getIfPresent(new PageId(listing, number)) != null;
  }

  /** A page of it; absent where the directory has ended before. */
  Optional<Page> page(Listing listing, int number) throws StoreException {
    for (int before = listing.pagesRead(); before < number; before++)
      if (readPage(listing, before).isEmpty()) return Optional.empty();
    return readPage(listing, number);
  }

  /** What listings tell about a name, without asking; fresh only. */
  Optional<Known> known(String directory, String name) {
    Listing listing = latest.getIfPresent(directory);
    if (listing == null) return Optional.empty();
    var number = listing.pageOf(name);
    if (number.isEmpty()) return Optional.empty();
    Page page = pages.getIfPresent(new PageId(listing, number.getAsInt()));
    if (page == null) return Optional.empty();
    Finding finding = page.find(name);
    // Its object and its prefix may be missing on different pages: nothing newer is sure.
    boolean isAbsent = finding instanceof Finding.Absent;
    long askedAt = isAbsent ? Math.min(listing.startedAt(), page.askedAt()) : page.askedAt();
    return freshness.isFresh(askedAt) ? Optional.of(new Known(finding, askedAt)) : Optional.empty();
  }

  /** A prefix that holds nothing is an empty page; a LIST misses nothing but the bucket itself. */
  static ListPage list(ObjectStore store, ListRequest request) throws StoreException {
    try {
      return store.list(request);
    } catch (StoreException.NotFound e) {
      throw new StoreException.Unavailable("the bucket is gone: " + e.getMessage(), e);
    }
  }

  private Optional<Page> readPage(Listing listing, int number) throws StoreException {
    var id = new PageId(listing, number);
    Page kept = pages.getIfPresent(id);
    if (kept != null) return Optional.of(kept);
    if (listing.ask(number).isEmpty()) return Optional.empty();
    return Optional.of(flights.join(id, () -> fetch(id)));
  }

  private Page fetch(PageId id) throws StoreException {
    Page landed = pages.getIfPresent(id);
    if (landed != null) return landed;
    Listing listing = id.listing();
    Listing.Ask ask = listing.ask(id.number()).orElseThrow();
    long askedAt = freshness.now();
    var merge = new ListingMerge(listing.directory(), ask.held(), hidden);
    Optional<String> next = ask.after();
    do {
      ListPage answer = list(store, request(listing, next));
      merge.add(answer, ask.until());
      next = answer.next();
    } while (next.isPresent() && endsBefore(merge.lastKey(), ask.until()));
    if (next.isEmpty() && !ask.hasSuccessor()) merge.end();
    var page = new Page(merge.shown(), Math.min(askedAt, ask.held().since()));
    listing.read(id.number(), page, merge.lastKey(), next, merge.held(ask.held(), askedAt));
    pages.put(id, page);
    return page;
  }

  private static ListRequest request(Listing listing, Optional<String> after) {
    ListRequest first = ListRequest.directory(listing.directory());
    return after.map(first::nextAfter).orElse(first);
  }

  /** A page that is read again may hold more by now: it takes more requests to get as far. */
  private static boolean endsBefore(String key, Optional<String> until) {
    return until.isPresent() && ListingOrder.ofKeys(key, until.get()) < 0;
  }
}
