package io.sluice.fs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.fs.Finding.Known;
import io.sluice.fs.Finding.Row;
import io.sluice.store.StoreException;
import io.sluice.store.testkit.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DirectoriesTest {
  private final MemoryStore objects = new MemoryStore();
  private final WatchedStore store = new WatchedStore(objects);
  private final TestClock clock = new TestClock();
  private final HiddenKeys hidden = new HiddenKeys();
  private final Directories roomy = directories(1 << 20);

  /** Room for less than a page: each is dropped as soon as it is there. */
  private final Directories cramped = directories(1);

  @BeforeEach
  void twoToAPage() {
    store.pageSize(2);
    for (String key : List.of("a", "b", "c", "d", "e", "f")) objects.put(key, key);
  }

  @Test
  void pagesThatWereDroppedAreReadAgainFromWhereTheyBegan() throws StoreException {
    Listing listing = cramped.listing("");
    assertThat(all(cramped, listing)).containsExactly("a", "b", "c", "d", "e", "f");
    store.takeRequests();
    // Each page holds its last object back for the next one.
    assertThat(names(cramped.page(listing, 1))).containsExactly("b", "c");
    assertThat(store.takeRequests()).hasSize(1);
    assertThat(all(cramped, listing)).containsExactly("a", "b", "c", "d", "e", "f");
  }

  @Test
  void aPageThatHasGrownIsReadAgainToWhereItEnded() throws StoreException {
    Listing listing = cramped.listing("");
    all(cramped, listing);
    for (String key : List.of("c1", "c2", "c3")) objects.put(key, key);
    assertThat(all(cramped, listing))
        .containsExactly("a", "b", "c", "c1", "c2", "c3", "d", "e", "f");
  }

  @Test
  void aPageThatHasShrunkDoesNotShowWhatIsOnTheNext() throws StoreException {
    Listing listing = cramped.listing("");
    all(cramped, listing);
    objects.remove("c");
    assertThat(all(cramped, listing)).containsExactly("a", "b", "d", "e", "f");
  }

  @Test
  void aLastPageThatHasGrownHasASuccessor() throws StoreException {
    Listing listing = cramped.listing("");
    all(cramped, listing);
    for (String key : List.of("g", "h", "i")) objects.put(key, key);
    assertThat(all(cramped, listing)).containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i");
  }

  @Test
  void aPageFarAheadIsReachedThroughThoseBeforeIt() throws StoreException {
    Listing listing = roomy.listing("");
    assertThat(names(roomy.page(listing, 2))).containsExactly("d", "e", "f");
    assertThat(roomy.page(listing, 1_000_000)).isEmpty();
    assertThat(store.takeRequests()).hasSize(3);
  }

  @Test
  void whatHasBeenReadIsKnownAndWhatHasNotIsNot() throws StoreException {
    Listing listing = roomy.listing("");
    roomy.page(listing, 0);
    roomy.page(listing, 1);
    assertThat(finding("b")).containsInstanceOf(Finding.File.class);
    assertThat(finding("b1")).contains(Finding.ABSENT);
    assertThat(finding("-")).contains(Finding.ABSENT);
    assertThat(finding("d")).isEmpty();
    assertThat(finding("x")).isEmpty();
    roomy.page(listing, 2);
    assertThat(finding("d")).containsInstanceOf(Finding.File.class);
    assertThat(finding("x")).contains(Finding.ABSENT);
  }

  @Test
  void aFirstPageThatShowsNothingSettlesNothing() throws StoreException {
    objects.put("!", "before all others");
    store.pageSize(1);
    Listing listing = roomy.listing("");
    // The only object of the page is held back.
    assertThat(names(roomy.page(listing, 0))).isEmpty();
    assertThat(finding("!")).isEmpty();
    assertThat(finding("-")).isEmpty();
  }

  @Test
  void aNameIsAsFreshAsThePageItWasOn() throws StoreException {
    Listing listing = roomy.listing("");
    roomy.page(listing, 0);
    clock.advance(Duration.ofSeconds(50));
    roomy.page(listing, 1);
    roomy.page(listing, 2);
    clock.advance(Duration.ofSeconds(20));
    assertThat(finding("a")).isEmpty();
    // Asked for with the first page and held back to the second.
    assertThat(finding("b")).isEmpty();
    assertThat(finding("e")).containsInstanceOf(Finding.File.class);
    // That something is missing is only as sure as the oldest of the pages.
    assertThat(finding("e1")).isEmpty();
  }

  @Test
  void aListingIsReadByAllWhoComeWithinTheTtl() {
    Listing first = roomy.listing("");
    clock.advance(Duration.ofSeconds(59));
    assertThat(roomy.listing("")).isSameAs(first);
    clock.advance(Duration.ofSeconds(1));
    assertThat(roomy.listing("")).isNotSameAs(first);
  }

  @Test
  void aHundredThousandFilesFitIntoTheBudget() {
    var rows = new ArrayList<Row>();
    String md5 = "d41d8cd98f00b204e9800998ecf8427e";
    for (int i = 0; i < 1000; i++)
      rows.add(
          new Row("model-%05d-of-99999.safetensors".formatted(i), new Finding.File(md5, i, i)));
    assertThat(100L * new Page(rows, 0).bytes()).isLessThan(Directories.BUDGET_BYTES);
  }

  private Optional<Finding> finding(String name) {
    return roomy.known("", name).map(Known::finding);
  }

  private static List<String> names(Optional<Page> page) {
    return page.orElseThrow().rows().stream().map(Row::name).toList();
  }

  private static List<String> all(Directories directories, Listing listing) throws StoreException {
    var names = new ArrayList<String>();
    for (int number = 0; ; number++) {
      Optional<Page> page = directories.page(listing, number);
      if (page.isEmpty()) return names;
      names.addAll(names(page));
    }
  }

  private Directories directories(long budget) {
    var freshness = new Freshness(clock, Bucket.TTL);
    return new Directories(store, freshness, hidden, Duration.ofSeconds(5), budget);
  }
}
