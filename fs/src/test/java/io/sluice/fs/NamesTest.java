package io.sluice.fs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"a", "...", ".a", "a b", "a\nb", "-", "é", "\uD83D\uDE00", "con", "a\\b", "*"})
  void ordinaryAndOddNamesAreShown(String name) {
    assertThat(Names.isShown(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a\0b", "a/b", "\uD83D", "x\uDE00y"})
  void whatThePathOfAFileCannotHoldIsNotShown(String name) {
    assertThat(Names.isShown(name)).isFalse();
  }

  @Test
  void aNameMayHave255BytesAndNoMore() {
    assertThat(Names.isShown("x".repeat(255))).isTrue();
    assertThat(Names.isShown("x".repeat(256))).isFalse();
    assertThat(Names.isTooLong("x".repeat(256))).isTrue();
  }

  @Test
  void bytesAreCountedAndNotCharacters() {
    assertThat(Names.isTooLong("é".repeat(127))).isFalse();
    assertThat(Names.isTooLong("é".repeat(128))).isTrue();
    assertThat(Names.isTooLong("\uD83D\uDE00".repeat(63))).isFalse();
    assertThat(Names.isTooLong("\uD83D\uDE00".repeat(64))).isTrue();
  }
}
