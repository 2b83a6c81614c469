package io.sluice.launcher.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cache.KeyPattern;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import io.sluice.store.StoreException;
import io.sluice.store.testkit.MemoryStore;
import io.sluice.store.testkit.PassingStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a listing shows of keys that S3 allows and the servers of tests do not. */
final class ListingTest {
  private final MemoryStore store = new MemoryStore();
  private final StringWriter out = new StringWriter();

  private Listing listing(boolean hasHidden) {
    var rows = new ListedRows(true, false, false, new PrintWriter(out), _ -> {});
    return new Listing(store, rows, hasHidden);
  }

  private void fill(String... keys) {
    for (String key : keys) store.put(key, "1".getBytes(UTF_8));
  }

  private List<String> shown() {
    return out.toString()
        .lines()
        .map(line -> line.replaceFirst("\\{\"(?:key|prefix)\":\"(.*?)\"[,}].*", "$1"))
        .toList();
  }

  @Test
  void keysWithoutAFileNameAreHiddenInAnyDepth() throws Exception {
    fill("/x", "a//b", "a/../c", "a/./d", "a/e", "a/f\0", "a/g/", "a/" + "é".repeat(128), "é");
    Listing usual = listing(false);
    assertThat(usual.below("", true)).isTrue();
    assertThat(shown()).containsExactly("a/e", "é");
    assertThat(usual.hidden()).isEqualTo(7);
  }

  @Test
  void hiddenOnesAreListedWhereTheyAreAskedFor() throws Exception {
    fill("a//b", "a/../c", "a/e");
    assertThat(listing(true).below("a/", false)).isTrue();
    assertThat(shown()).containsExactlyInAnyOrder("a/../", "a//", "a/e");
  }

  @Test
  void whatSomebodyNamesIsNotHiddenForItsOwnName() throws Exception {
    fill("a//b", "a//c//d");
    Listing listing = listing(false);
    assertThat(listing.below("a//", false)).isTrue();
    assertThat(shown()).containsExactly("a//b", "a//c/");
    assertThat(listing.hidden()).isZero();
  }

  @Test
  void nothingIsFoundWhereNothingIs() throws Exception {
    fill("llama2/x");
    assertThat(listing(false).below("llama", false)).isFalse();
    assertThat(listing(false).below("llam", true)).isFalse();
    assertThat(listing(false).matching(KeyPattern.parse("*.gz"))).isFalse();
    assertThat(listing(false).matching(KeyPattern.parse("llama?"))).isTrue();
    assertThat(shown()).containsExactly("llama2/");
  }

  @Test
  void aListingEndsWhereNobodyReads() {
    fill("a");
    var closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    var rows = new ListedRows(false, false, false, new PrintWriter(closed, true, UTF_8), _ -> {});
    assertThatThrownBy(() -> new Listing(store, rows, false).below("", true))
        .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.code()).isEqualTo(ExitCode.LOCAL));
  }

  @Test
  void tagsThatAreGoneOrDeniedDoNotEndTheListing() throws Exception {
    fill("denied-1", "denied-2", "gone", "there");
    var guarded =
        new PassingStore(store) {
          @Override
          public Map<String, String> tags(String key) throws StoreException {
            if (key.startsWith("denied")) throw new StoreException.Denied("no", null);
            if (key.equals("gone")) throw new StoreException.NotFound(key, null);
            return Map.of("a", "b");
          }
        };
    List<String> said = new ArrayList<>();
    var rows = new ListedRows(true, false, true, new PrintWriter(out), said::add);
    new Listing(guarded, rows, false).below("", true);
    assertThat(shown()).containsExactly("denied-1", "denied-2", "gone", "there");
    assertThat(out.toString()).contains("\"tags\":{\"a\":\"b\"}");
    assertThat(said).hasSize(1);
  }
}
