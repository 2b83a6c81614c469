package io.sluice.launcher.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Permission bits as chmod takes them. */
final class PermissionBitsTest {
  @ParameterizedTest
  @CsvSource({"644, 420", "0644, 420", "0o644, 420", "0, 0", "0777, 511", "5, 5"})
  void bitsAreOctalWithOrWithoutAZero(String text, int bits) {
    assertThat(PermissionBits.parse(text).bits()).isEqualTo(bits);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "888", "1777", "rwx", "0x777", "-1", "u+r"})
  void whatAreNoBitsIsRefusedWithAnExample(String text) {
    assertThatThrownBy(() -> PermissionBits.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("in octal, like 0444 or 755");
  }

  @Test
  void aMaskTakesItsBitsAway() {
    assertThat(PermissionBits.parse("022").maskedFrom(0777)).isEqualTo(0755);
  }
}
