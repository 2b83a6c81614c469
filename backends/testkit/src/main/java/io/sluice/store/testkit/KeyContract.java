package io.sluice.store.testkit;

import static io.sluice.store.ListRequest.directory;
import static io.sluice.store.ListRequest.everything;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ObjectMeta;
import io.sluice.store.StoreException;
import io.sluice.store.testkit.ContractBucket.Ability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys are taken verbatim, however they look: listed, found and read by the same name. */
abstract class KeyContract extends ContractPart {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        " a",
        "a ",
        "a+b",
        "a%b",
        "a%2Fb",
        "a%20b",
        "a#b",
        "a?b=c&d",
        "a&amp;b",
        "<a>",
        "a'b\"c",
        "a\\b",
        "a:b;c,d",
        "~a!$()*[]{}^|@=",
        "é",
        "e\u0301",
        "日本語",
        "\ud83d\ude00",
        "...",
        ".a",
        "a.",
        "-a",
      })
  void isVerbatim(String key) throws Exception {
    requireVerbatim(key);
    delete(key);
    requireVerbatim("d/" + key + "/e");
    requireVerbatimPrefix(key);
  }

  @Test
  void mayHave1024Bytes() throws Exception {
    // In segments, so that stores on a file system can hold it.
    String key = ("é".repeat(101) + "y/").repeat(5) + "z".repeat(1024 - 5 * 204);
    assertThat(key.getBytes(UTF_8)).hasSize(1024);
    requireVerbatim(key);
  }

  @Test
  void mayHaveControlCharacters() throws Exception {
    needs(Ability.CONTROL_CHARACTERS);
    requireVerbatim("a\u0001b\nc\td");
    requireVerbatimPrefix("a\u0001b");
  }

  @Test
  void mayHaveEmptySegments() throws Exception {
    needs(Ability.EMPTY_SEGMENTS);
    putAll("a//b", "/c");
    assertThat(keys(everything(""))).containsExactly("/c", "a//b");
    assertThat(prefixes(directory(""))).containsExactly("/", "a/");
    assertThat(prefixes(directory("a/"))).containsExactly("a//");
  }

  @Test
  void mayEndWithASlash() throws Exception {
    needs(Ability.DIRECTORY_MARKERS);
    put("d/", "");
    assertThat(prefixes(directory(""))).containsExactly("d/");
    assertThat(keys(directory("d/"))).containsExactly("d/");
  }

  @Test
  void mayEndWithASlashAndHaveAVersion() throws Exception {
    needs(Ability.MARKER_VERSIONS);
    put("d/", "");
    assertThat(store().head("d/").size()).isZero();
  }

  @Test
  void areDifferentWhereTheirCaseIs() throws Exception {
    put("Model", "upper");
    put("model", "lower");
    assertThat(text(store().head("Model").version(), 0, 5)).isEqualTo("upper");
    assertThat(text(store().head("model").version(), 0, 5)).isEqualTo("lower");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../k", "d/../k", "./k", "d/./k", "d//k", "/k", "k/"})
  void anotherSpellingIsAnotherKey(String spelling) throws Exception {
    needs(Ability.VERBATIM_SEGMENTS);
    put("k", "x");
    put("d/k", "x");
    assertThatThrownBy(() -> store().head(spelling)).isInstanceOf(StoreException.NotFound.class);
  }

  private void requireVerbatim(String key) throws Exception {
    put(key, "the bytes");
    ObjectMeta found = store().head(key);
    assertThat(found.key()).isEqualTo(key);
    assertThat(store().list(everything("")).objects()).containsExactly(found);
    assertThat(store().list(everything(key)).objects()).containsExactly(found);
    assertThat(text(found.version(), 0, 9)).isEqualTo("the bytes");
  }

  private void requireVerbatimPrefix(String name) throws Exception {
    put("d/" + name + "/e", "the bytes");
    assertThat(prefixes(directory("d/"))).containsExactly("d/" + name + "/");
    assertThat(keys(directory("d/" + name + "/"))).containsExactly("d/" + name + "/e");
  }
}
