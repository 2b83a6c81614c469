package io.sluice.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ShownKeyTest {
  @Test
  void textOfAnyAlphabetIsShownAsItIs() {
    assertThat(ShownKey.of("a b/c#d%20\\é模型\ud83d\ude00")).isEqualTo("a b/c#d%20\\é模型\ud83d\ude00");
  }

  @Test
  void whatMovesTheCursorIsShownAsAnEscape() {
    assertThat(ShownKey.of("a\nb\tc\rd")).isEqualTo("a\\nb\\tc\\rd");
    assertThat(ShownKey.of("\u001b[2J\u0000\u007f\u009b")).isEqualTo("\\x1b[2J\\x00\\x7f\\x9b");
    assertThat(ShownKey.of("x\u202ey\u2028z")).isEqualTo("x\\u202ey\\u2028z");
    assertThat(ShownKey.of("half \ud83d")).isEqualTo("half \\ud83d");
  }
}
