package io.sluice.fs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.fs.Finding.Row;
import io.sluice.fs.ListingMerge.Held;
import io.sluice.store.ListPage;
import io.sluice.store.ListRequest;
import io.sluice.store.testkit.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListingMergeTest {
  private final List<String> hidden = new ArrayList<>();

  @ParameterizedTest(name = "pages of {0}")
  @ValueSource(ints = {1, 2, 3, 1000})
  void aNameThatIsBothIsShownOnceAsTheDirectory(int pageSize) {
    assertThat(shown("", pageSize, "a", "a-1", "a.txt", "a/x", "a/y", "b"))
        .containsExactly("a-1", "a.txt", "a/", "b");
  }

  @ParameterizedTest(name = "pages of {0}")
  @ValueSource(ints = {1, 2, 3, 1000})
  void objectsThatAreTheBeginningOfEachOtherAreAllSettled(int pageSize) {
    assertThat(shown("", pageSize, "a", "a-", "a--", "a-/x", "a/x", "ab"))
        .containsExactly("a--", "a-/", "a/", "ab");
    assertThat(shown("", pageSize, "a", "a-", "a--")).containsExactly("a--", "a-", "a");
  }

  @ParameterizedTest(name = "pages of {0}")
  @ValueSource(ints = {1, 2, 1000})
  void aMarkerIsTheDirectoryItselfAndNotInIt(int pageSize) {
    assertThat(shown("d/", pageSize, "d/", "d/a", "d/e/", "d/e/f")).containsExactly("a", "e/");
    assertThat(hidden).isEmpty();
  }

  @ParameterizedTest(name = "pages of {0}")
  @ValueSource(ints = {1, 2, 1000})
  void whatIsNotAPathIsNotShownButReported(int pageSize) {
    String tooLong = "x".repeat(256);
    assertThat(
            shown(
                "", pageSize, "/a", "./b", "../c", "..", ".", "d\0e", tooLong, tooLong + "/f", "g"))
        .containsExactly("g");
    assertThat(hidden)
        .containsExactlyInAnyOrder("/", ".", "./", "..", "../", "d\0e", tooLong, tooLong + "/");
  }

  @Test
  void aDoubleSlashHidesWhatIsBehindIt() {
    assertThat(shown("a/", 1000, "a//b", "a/c")).containsExactly("c");
    assertThat(hidden).containsExactly("a//");
  }

  @Test
  void whatIsHeldBackIsAsOldAsThePageItCameFrom() {
    var merge = new ListingMerge("", Held.NOTHING, hidden::add);
    merge.add(page("a"), Optional.empty());
    Held first = merge.held(Held.NOTHING, 5);
    assertThat(first.since()).isEqualTo(5);

    var next = new ListingMerge("", first, hidden::add);
    next.add(page("a-1"), Optional.empty());
    assertThat(next.held(first, 9).since()).isEqualTo(5);

    var last = new ListingMerge("", first, hidden::add);
    last.add(page("b"), Optional.empty());
    assertThat(last.held(first, 9).since()).isEqualTo(9);
  }

  @Test
  void aPageThatIsReadAgainStopsWhereItStoppedBefore() {
    var merge = new ListingMerge("", Held.NOTHING, hidden::add);
    merge.add(page("a", "b", "c", "d"), Optional.of("b"));
    assertThat(merge.lastKey()).isEqualTo("b");
    merge.end();
    assertThat(merge.shown()).extracting(Row::name).containsExactly("a", "b");
  }

  private static ListPage page(String... keys) {
    var store = new MemoryStore();
    for (String key : keys) store.put(key, key);
    return store.list(ListRequest.directory(""));
  }

  private List<String> shown(String directory, int pageSize, String... keys) {
    var store = new MemoryStore();
    for (String key : keys) store.put(key, key);
    List<String> shown = new ArrayList<>();
    Held held = Held.NOTHING;
    ListRequest request = ListRequest.directory(directory).withMaxKeys(pageSize);
    while (true) {
      var page = store.list(request);
      var merge = new ListingMerge(directory, held, hidden::add);
      merge.add(page, Optional.empty());
      if (page.next().isEmpty()) merge.end();
      merge.shown().forEach(row -> shown.add(display(row)));
      if (page.next().isEmpty()) return shown;
      held = merge.held(held, 0);
      request = request.nextAfter(page.next().get());
    }
  }

  private static String display(Row row) {
    return row.finding() instanceof Finding.Directory ? row.name() + "/" : row.name();
  }
}
