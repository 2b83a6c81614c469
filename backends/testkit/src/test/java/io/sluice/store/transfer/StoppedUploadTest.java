package io.sluice.store.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.local.LocalStore;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class StoppedUploadTest {
  @TempDir Path bucket;

  @Test
  void aProcessThatIsToldToStopAbortsItsUploads() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StoppedUpload.class.getName(),
                bucket.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var output = process.inputReader();
        LocalStore store = LocalStore.open(bucket)) {
      assertThat(output.readLine()).isEqualTo("begun");
      assertThat(store.uploads().pending("")).hasSize(1);

      // Not of the Process, which would close its input, too.
      assertThat(process.toHandle().destroy()).isTrue();

      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(store.uploads().pending("")).isEmpty();
    } finally {
      process.destroyForcibly();
    }
  }
}
