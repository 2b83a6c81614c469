package io.sluice.launcher.warm;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cache.KeyPattern;
import io.sluice.store.ObjectMeta;
import io.sluice.store.testkit.FaultyStore;
import io.sluice.store.testkit.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked of a bucket to find what somebody wants, and what is found. */
final class SelectionTest {
  private final MemoryStore bucket = new MemoryStore();
  private final FaultyStore asked = new FaultyStore(bucket);

  private record Found(List<String> keys, List<String> objects) implements SelectedObjects.Taker {
    @Override
    public void key(String key) {
      keys.add(key);
    }

    @Override
    public void object(ObjectMeta object) {
      objects.add(object.key());
    }

    @Override
    public boolean isStopped() {
      return false;
    }
  }

  private final Found found = new Found(new ArrayList<>(), new ArrayList<>());

  private static List<KeyPattern> patterns(String line) {
    return Stream.of(line.split(" ")).filter(s -> !s.isEmpty()).map(KeyPattern::parse).toList();
  }

  private List<KeyPattern> select(String line, String prefix) throws Exception {
    return new SelectedObjects(asked, Selection.of(patterns(line), prefix)).handTo(found);
  }

  private void put(String... keys) {
    for (String key : keys) bucket.put(key, key.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "''              | ''     | LIST ",
        "''              | in/    | LIST in/",
        "a/b             | ''     | -",
        "a/              | ''     | LIST a/",
        "a/              | in/    | LIST in/a/",
        "*.bin           | ''     | LIST ",
        "a/m-*.bin       | ''     | LIST a/m-",
        "a/*.bin a/*.txt | ''     | LIST a/",
        "a/b/ a/         | ''     | LIST a/",
        "a/ a/b/ a/b/*   | ''     | LIST a/",
        "a/* a/b/        | ''     | LIST a/,LIST a/b/",
        "b/ a/           | ''     | LIST b/,LIST a/",
        "a/** a/x*       | ''     | LIST a/",
        "** a/ b/c*      | ''     | LIST ",
      })
  void asLittleIsListedAsThePatternsAllow(String line, String prefix, String requests)
      throws Exception {
    select(line, prefix);
    assertThat(asked.requests().stream().map(String::strip))
        .containsExactlyElementsOf(
            requests == null ? List.of() : Arrays.asList(requests.split(",")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                   | a/1.bin a/2.txt a/d/3.bin b/4.bin top.bin",
        "*                    | top.bin",
        "*.bin                | top.bin",
        "**.bin               | a/1.bin a/d/3.bin b/4.bin top.bin",
        "**/*.bin             | a/1.bin a/d/3.bin b/4.bin top.bin",
        "a/*                  | a/1.bin a/2.txt",
        "a/                   | a/1.bin a/2.txt a/d/3.bin",
        "a/* a/?.bin a/**     | a/1.bin a/2.txt a/d/3.bin",
        "a/?.* a/1*           | a/1.bin a/2.txt",
        "a/1* a/?.*           | a/1.bin a/2.txt",
        "[bt]*/* [bt]*        | b/4.bin top.bin",
        "a/d/ */*.bin         | a/d/3.bin a/1.bin b/4.bin",
      })
  void eachObjectIsFoundOnceHoweverThePatternsOverlap(String line, String keys) throws Exception {
    put("a/", "a/1.bin", "a/2.txt", "a/d/", "a/d/3.bin", "b/4.bin", "top.bin");
    assertThat(select(line, "")).isEmpty();
    assertThat(found.objects()).containsExactlyInAnyOrderElementsOf(Arrays.asList(keys.split(" ")));
  }

  @Test
  void keysAreAskedForByNameAndNotFoundAgain() throws Exception {
    put("a/1.bin", "a/2.bin");
    assertThat(select("a/1.bin a/*.bin a/1.bin no", "")).isEmpty();
    assertThat(found.keys()).containsExactly("a/1.bin", "no");
    assertThat(found.objects()).containsExactly("a/2.bin");
  }

  @Test
  void patternsAreBelowThePrefixThatIsSeen() throws Exception {
    put("in/a/1.bin", "a/1.bin", "in*/a/2.bin");
    select("a/*.bin a/1.bin", "in/");
    assertThat(found.keys()).containsExactly("in/a/1.bin");
    assertThat(found.objects()).isEmpty();
    select("**", "in*/");
    assertThat(found.objects()).containsExactly("in*/a/2.bin");
  }

  @Test
  void patternsThatNothingMatchesAreNamed() throws Exception {
    put("a/1.bin");
    assertThat(select("a/ b/ a/*.txt", "")).hasToString("[b/, a/*.txt]");
    assertThat(select("", "nowhere/")).hasSize(1);
  }

  @Test
  void aListingOfManyPagesIsReadToItsEnd() throws Exception {
    for (int i = 0; i < 2500; i++) put("k%04d.bin".formatted(i));
    select("*.bin", "");
    assertThat(found.objects()).hasSize(2500).doesNotHaveDuplicates();
    assertThat(asked.requests()).hasSize(3);
  }
}
