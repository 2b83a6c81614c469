package io.sluice.store.testkit;

import static io.sluice.store.ListRequest.directory;
import static io.sluice.store.ListRequest.everything;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.ListPage;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectMeta;
import io.sluice.store.testkit.ContractBucket.Ability;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code list} owes. */
abstract class ListContract extends ContractPart {
  @Test
  void anEmptyBucketIsOneEmptyPage() throws Exception {
    assertThat(store().list(everything("")))
        .isEqualTo(new ListPage(List.of(), List.of(), Optional.empty()));
    assertThat(store().list(directory("")).prefixes()).isEmpty();
  }

  @Test
  void aPrefixThatNothingHasIsAnEmptyPage() throws Exception {
    putAll("a/b", "c");
    assertThat(store().list(directory("no/")))
        .isEqualTo(new ListPage(List.of(), List.of(), Optional.empty()));
    assertThat(keys(everything("c/"))).isEmpty();
  }

  @Test
  void aPrefixIsComparedByteForByte() throws Exception {
    putAll("ab", "abc", "abd/e", "b/ab", "Ab");
    assertThat(keys(everything("ab"))).containsExactly("ab", "abc", "abd/e");
    assertThat(keys(everything("abd/"))).containsExactly("abd/e");
    assertThat(keys(everything("abd/e"))).containsExactly("abd/e");
  }

  @Test
  void aDelimiterRollsUpWhatLiesDeeper() throws Exception {
    putAll("a", "b/1", "b/2", "c/d/e");
    assertThat(keys(directory(""))).containsExactly("a");
    assertThat(prefixes(directory(""))).containsExactly("b/", "c/");
    assertThat(keys(directory("b/"))).containsExactly("b/1", "b/2");
    assertThat(prefixes(directory("b/"))).isEmpty();
    assertThat(prefixes(directory("c/"))).containsExactly("c/d/");
  }

  @Test
  void aPrefixWithoutItsSlashRollsUpToTheSlash() throws Exception {
    putAll("b/1", "b/2", "ba");
    assertThat(keys(directory("b"))).containsExactly("ba");
    assertThat(prefixes(directory("b"))).containsExactly("b/");
  }

  @Test
  void withoutADelimiterEverythingBelowIsListed() throws Exception {
    putAll("a", "b/1", "b/c/2");
    assertThat(keys(everything(""))).containsExactly("a", "b/1", "b/c/2");
    assertThat(prefixes(everything(""))).isEmpty();
  }

  @Test
  void keysComeInTheOrderOfTheirBytes() throws Exception {
    String[] inOrder = {"B", "a!", "a-b", "a/b", "a/c", "a0", "b", "é", "日"};
    for (int i = inOrder.length - 1; i >= 0; i--) put(inOrder[i], "x");
    assertThat(keys(everything(""))).containsExactly(inOrder);
  }

  @Test
  void surrogatePairsComeLast() throws Exception {
    needs(Ability.UTF_8_ORDER);
    putAll("\ud83d\ude00", "\uff61");
    assertThat(keys(everything(""))).containsExactly("\uff61", "\ud83d\ude00");
  }

  @Test
  void prefixesComeInTheOrderOfTheirBytes() throws Exception {
    putAll("a.d/x", "a-b/x", "a/x", "a0/x");
    assertThat(prefixes(directory(""))).containsExactly("a-b/", "a.d/", "a/", "a0/");
  }

  @Test
  void anObjectMayStandBesideAPrefixOfItsName() throws Exception {
    needs(Ability.OBJECT_BESIDE_PREFIX);
    putAll("x", "x/y", "x-z");
    assertThat(keys(directory(""))).containsExactly("x", "x-z");
    assertThat(prefixes(directory(""))).containsExactly("x/");
    assertThat(keys(everything(""))).containsExactly("x", "x-z", "x/y");
  }

  @Test
  void anyDelimiterWorks() throws Exception {
    needs(Ability.ANY_DELIMITER);
    putAll("a-1", "a-2", "b");
    var request = new ListRequest("", Optional.of("-"), Optional.empty(), 1000);
    assertThat(keys(request)).containsExactly("b");
    assertThat(prefixes(request)).containsExactly("a-");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6, 7, 8})
  void pagesFollowEachOtherWithoutGapOrOverlap(int maxKeys) throws Exception {
    putAll("a", "b", "c/1", "c/2", "d/e/f", "g", "h");
    var pages = pages(everything("").withMaxKeys(maxKeys));
    assertThat(pages)
        .allSatisfy(page -> assertThat(entries(page)).hasSizeLessThanOrEqualTo(maxKeys));
    assertThat(pages.stream().flatMap(page -> page.objects().stream()).map(ObjectMeta::key))
        .containsExactly("a", "b", "c/1", "c/2", "d/e/f", "g", "h");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void aRolledUpPrefixIsOnOnePageOnly(int maxKeys) throws Exception {
    needs(Ability.PAGES_OF_PREFIXES);
    putAll("a", "b/1", "b/2", "b/3", "b0", "c/d/1", "c/d/2", "e");
    var pages = pages(directory("").withMaxKeys(maxKeys));
    assertThat(pages)
        .allSatisfy(page -> assertThat(entries(page)).hasSizeLessThanOrEqualTo(maxKeys));
    assertThat(pages.stream().flatMap(page -> page.objects().stream()).map(ObjectMeta::key))
        .containsExactly("a", "b0", "e");
    assertThat(pages.stream().flatMap(page -> page.prefixes().stream()))
        .containsExactly("b/", "c/");
  }

  @Test
  void pagesOfAPrefixStayBelowIt() throws Exception {
    putAll("a/z", "b/1", "b/2/x", "b/3", "c/1");
    assertThat(keys(everything("b/").withMaxKeys(1))).containsExactly("b/1", "b/2/x", "b/3");
    assertThat(prefixes(directory("b/").withMaxKeys(1))).containsExactly("b/2/");
  }

  @Test
  void theNextPageIsThereThoughTheLastKeyWentAway() throws Exception {
    putAll("a", "b", "c", "d");
    ListPage first = store().list(everything("").withMaxKeys(2));
    delete("b");
    ListPage second =
        store().list(everything("").withMaxKeys(2).nextAfter(first.next().orElseThrow()));
    assertThat(entries(second)).containsExactly("c", "d");
  }

  @Test
  void moreKeysThanAPageHoldsAreAllListedOnce() throws Exception {
    var expected = new ArrayList<String>();
    for (int i = 0; i < 1500; i++) expected.add("d%02d/k%04d".formatted(i / 100, i));
    putInParallel(expected);
    assertThat(store().list(everything("")).objects()).hasSizeLessThanOrEqualTo(1000);
    assertThat(keys(everything(""))).isEqualTo(expected);
    assertThat(prefixes(directory(""))).hasSize(15);
  }

  /** As a bucket of a data set has them: what a listing keeps in memory is a page. */
  @Test
  void aHundredThousandKeysAreAllListedOnceInOrder() throws Exception {
    needs(Ability.HUNDRED_THOUSAND_OBJECTS);
    var expected = new ArrayList<String>();
    for (int i = 0; i < 100_000; i++) expected.add("d%03d/k%05d".formatted(i / 1000, i));
    putInParallel(expected);
    assertThat(keys(everything(""))).isEqualTo(expected);
    assertThat(prefixes(directory(""))).hasSize(100);
    assertThat(keys(directory("d042/"))).hasSize(1000);
  }

  @Test
  void aListingTellsWhatHeadTells() throws Exception {
    put("empty", bytes(0));
    put("one", bytes(1));
    put("d/more", bytes(5000));
    var listed = new HashSet<ObjectMeta>();
    for (ListPage page : pages(everything(""))) listed.addAll(page.objects());
    assertThat(listed)
        .containsExactlyInAnyOrder(
            store().head("empty"), store().head("one"), store().head("d/more"));
  }

  @Test
  void aDeletedObjectIsNoLongerListedNorIsItsPrefix() throws Exception {
    putAll("a/b", "c");
    delete("a/b");
    assertThat(entries(store().list(directory("")))).containsExactly("c");
  }

  private static List<String> entries(ListPage page) {
    var entries = new ArrayList<>(page.objects().stream().map(ObjectMeta::key).toList());
    entries.addAll(page.prefixes());
    return entries;
  }
}
