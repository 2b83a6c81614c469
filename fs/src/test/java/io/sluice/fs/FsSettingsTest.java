package io.sluice.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FsSettingsTest {
  private static final FsSettings SETTINGS = FsSettings.of(Ownership.readOnly(0, 0));

  @Test
  void aPrefixEndsWithASlashWhetherItWasWrittenOrNot() {
    assertThat(SETTINGS.withPrefix("models/llama").prefix()).isEqualTo("models/llama/");
    assertThat(SETTINGS.withPrefix("models/llama/").prefix()).isEqualTo("models/llama/");
    assertThat(SETTINGS.withPrefix("").prefix()).isEmpty();
  }

  @Test
  void aPrefixThatBeginsWithASlashIsAMistake() {
    assertThatIllegalArgumentException().isThrownBy(() -> SETTINGS.withPrefix("/models"));
  }

  @Test
  void aMetadataTtlIsNotNegativeAndNoLongerThanForever() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SETTINGS.withMetadataTtl(Duration.ofSeconds(-1)));
    assertThat(SETTINGS.withMetadataTtl(Duration.ofSeconds(Long.MAX_VALUE)).metadataTtl())
        .isEqualTo(FsSettings.FOREVER);
  }

  @Test
  void aWaitHasALimit() {
    assertThatIllegalArgumentException().isThrownBy(() -> SETTINGS.withWaitLimit(Duration.ZERO));
  }

  @Test
  void aModeHasPermissionBitsOnly() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Ownership(0, 0, 0100644, 0755));
    assertThatIllegalArgumentException().isThrownBy(() -> new Ownership(0, 0, 0644, 01777));
  }
}
