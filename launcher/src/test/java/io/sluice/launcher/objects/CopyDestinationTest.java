package io.sluice.launcher.objects;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.launcher.cli.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be copied where. */
final class CopyDestinationTest {
  @TempDir private Path directory;

  private void require(String from, String to) throws Failure {
    var source = CopySource.of(from, new Wanted.Reading(true, false));
    CopyDestination.require(List.of(source), CopyDestination.of(to), false);
  }

  @Test
  void aDirectoryIsNotCopiedIntoItselfUnderAnotherName() throws Exception {
    Path bucket = Files.createDirectories(directory.resolve("bucket/a")).getParent();
    Path other = Files.createSymbolicLink(directory.resolve("other"), bucket);
    String from = "file://" + bucket + "/a";
    assertThatThrownBy(() -> require(from, "file://" + other + "/a/b/"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("copied into itself");
    assertThatThrownBy(() -> require(from, "file://" + other + "/a"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("both source and target");
    require(from, "file://" + other + "/b/");
  }
}
