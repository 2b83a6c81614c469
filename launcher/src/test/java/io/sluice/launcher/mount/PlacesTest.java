package io.sluice.launcher.mount;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Directories of a mount that would make it wait for itself. */
final class PlacesTest {
  @ParameterizedTest
  @CsvSource({
    "/m, /m, /b, --data-dir",
    "/m, /m/cache, /b, --data-dir",
    "/b/m, /d, /b, mount somewhere else",
    "/b, /d, /b, mount somewhere else",
    "/b, /d, /b/models, mount somewhere else",
    "/m, /b/cache, /b, --data-dir"
  })
  void directoriesInOneAnotherAreRefused(Path mount, Path data, Path bucket, String advice) {
    assertThat(new Places(mount, data, Optional.of(bucket)).problem().orElse("fine"))
        .contains(advice);
  }

  @Test
  void directoriesBesideOneAnotherAreFine() {
    assertThat(new Places(Path.of("/m"), Path.of("/mm"), Optional.of(Path.of("/b"))).problem())
        .isEmpty();
    assertThat(new Places(Path.of("/m"), Path.of("/d"), Optional.empty()).problem()).isEmpty();
  }

  @Test
  void theMountPointMayLieInTheDataDirectory() {
    assertThat(new Places(Path.of("/d/m"), Path.of("/d"), Optional.empty()).problem()).isEmpty();
  }
}
