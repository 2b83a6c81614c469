package io.sluice.launcher.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is said about an upload that ended. */
final class UploadFailureTest {
  @Test
  void theCommandThatGoesOnCanBeTyped() {
    assertThat(UploadFailure.resume(Path.of("/data/up.state")))
        .isEqualTo("sluice upload resume --state-file /data/up.state");
    assertThat(UploadFailure.resume(Path.of("/my data/it's")))
        .isEqualTo("sluice upload resume --state-file '/my data/it'\\''s'");
  }

  @Test
  void whatIsNeitherStateNorStoreIsLocal() {
    Failure failure = UploadFailure.of(Path.of("/s"), new IOException("no\nroom"));
    assertThat(failure.code()).isEqualTo(ExitCode.LOCAL);
    assertThat(failure.line()).isEqualTo("no room");
  }
}
