package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which keys a pattern means. */
@NullMarked
class KeyPatternTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "a/b.bin        | a/b.bin       | true",
        "a/b.bin        | a/bxbin       | false",
        "a/b.bin        | a/b.bin/c     | false",
        "a/             | a/b           | true",
        "a/             | a/b/c         | true",
        "a/             | ab            | false",
        "a/*.bin        | a/x.bin       | true",
        "a/*.bin        | a/.bin        | true",
        "a/*.bin        | a/b/x.bin     | false",
        "a/?.bin        | a/x.bin       | true",
        "a/?.bin        | a/xy.bin      | false",
        "a?b            | a/b           | false",
        "**             | a/b/c         | true",
        "a/**           | a/b/c         | true",
        "a/**           | b/a/c         | false",
        "**/x.bin       | x.bin         | true",
        "**/x.bin       | a/b/x.bin     | true",
        "**/x.bin       | ax.bin        | false",
        "a/**/x.bin     | a/x.bin       | true",
        "a/**/x.bin     | a/b/c/x.bin   | true",
        "a/**/x.bin     | ab/x.bin      | false",
        "a**x           | a/b/x         | true",
        "[ab].bin       | b.bin         | true",
        "[ab].bin       | c.bin         | false",
        "[0-3].bin      | 2.bin         | true",
        "[!0-3].bin     | 2.bin         | false",
        "[!0-3].bin     | 5.bin         | true",
        "[^0-3].bin     | 5.bin         | true",
        "a[!b]c         | a/c           | false",
        "[]].bin        | ].bin         | true",
        "[!]].bin       | ].bin         | false",
        "[a&&b].bin     | &.bin         | true",
        "[[].bin        | [.bin         | true",
        "a\\[1\\].bin   | a[1].bin      | true",
        "a\\*           | a*            | true",
        "a\\*           | ab            | false",
      })
  void aPatternDescribesKeys(String pattern, String key, boolean matches) {
    assertThat(KeyPattern.parse(pattern).matches(key)).isEqualTo(matches);
    assertThat(KeyPattern.parse(pattern).below("in/").matches("in/" + key)).isEqualTo(matches);
    assertThat(KeyPattern.parse(pattern).below("in/").matches(key)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "a/b.bin, KEY, a/b.bin, false",
        "a/, PREFIX, a/, false",
        "a/m-*.bin, GLOB, a/m-, true",
        "a/*/x, GLOB, a/, false",
        "a/**, GLOB, a/, false",
        "*.bin, GLOB, \"\", true",
        "a\\[1\\]?, GLOB, a[1], true",
        "a[b]/c, GLOB, a, false",
      })
  void itKnowsWhatToListForIt(String text, KeyPattern.Kind kind, String literal, boolean oneLevel) {
    KeyPattern pattern = KeyPattern.parse(text);
    assertThat(pattern.kind()).isEqualTo(kind);
    assertThat(pattern.literal()).isEqualTo(literal);
    assertThat(pattern.below("in/").literal()).isEqualTo("in/" + literal);
    assertThat(pattern.isOneLevel()).isEqualTo(oneLevel);
    assertThat(pattern).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "\"\", write ** for every key",
        "a[b, close its [",
        "a[], close its [",
        "a\\, for a backslash",
        "a[z-a], is not a pattern",
      })
  void whatIsNoPatternSaysWhatToWrite(String text, String message) {
    assertThatThrownBy(() -> KeyPattern.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aPrefixIsTakenAsItIs() {
    KeyPattern pattern = KeyPattern.startingWith("a*");
    assertThat(pattern.matches("a*b/c\nd")).isTrue();
    assertThat(pattern.matches("ab")).isFalse();
    assertThat(KeyPattern.startingWith("").matches("a")).isTrue();
  }
}
