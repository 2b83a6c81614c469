package io.sluice.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a terminal is given. */
final class OneLineTest {
  @Test
  void linesBecomeOne() {
    assertThat(OneLine.of(" a \n  b\r\nc\n")).isEqualTo("a b c");
  }

  /** A key may hold anything. */
  @Test
  void whatATerminalWouldObeyIsShown() {
    assertThat(OneLine.of("k\u001b[2J: no such key")).isEqualTo("k\\x1b[2J: no such key");
  }
}
