package io.sluice.launcher.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that others have chosen become files below one directory, or none at all. */
final class LocalTargetTest {
  @TempDir private Path scratch;

  private LocalTarget target() {
    return new LocalTarget(scratch.resolve("in"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/passwd",
        "..",
        "../x",
        "a/../../x",
        "a/..",
        ".",
        "./x",
        "a//b",
        "a/./b",
        "",
        "/",
        "a//",
        "a\0b"
      })
  void whatIsNoPathIsRefused(String name) {
    assertThatThrownBy(() -> target().file(name))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.code()).isEqualTo(ExitCode.INCOMPLETE))
        .hasMessageContaining("is no path of a file");
    assertThat(scratch.resolve("in")).doesNotExist();
  }

  @Test
  void aNameOfMoreThan255BytesIsRefused() throws Exception {
    assertThat(target().file("é".repeat(127))).hasFileName("é".repeat(127));
    assertThatThrownBy(() -> target().file("é".repeat(128))).isInstanceOf(Failure.class);
  }

  @Test
  void directoriesInBetweenAreMade() throws Exception {
    assertThat(target().file("a/b c/x\ny"))
        .isEqualTo(scratch.toRealPath().resolve("in/a/b c/x\ny"))
        .doesNotExist();
    assertThat(scratch.resolve("in/a/b c")).isDirectory();
    assertThat(target().file("a/marker/")).isDirectory();
  }

  @Test
  void noLinkLeadsOut() throws Exception {
    Path outside = Files.createDirectories(scratch.resolve("outside/deep"));
    Path file = Files.writeString(scratch.resolve("file"), "precious");
    Path in = Files.createDirectory(scratch.resolve("in"));
    Files.createSymbolicLink(in.resolve("dir"), outside);
    Files.createSymbolicLink(in.resolve("file"), file);
    for (String name : new String[] {"dir/x", "dir/new/x", "file", "dir/", "dir/new/"})
      assertThatThrownBy(() -> target().file(name))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("a link leads out");
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void linksInsideAreFollowedAndTheDirectoryMayBeOneItself() throws Exception {
    Path in = Files.createDirectories(scratch.resolve("in/blobs"));
    Files.createSymbolicLink(scratch.resolve("in/snap"), Path.of("blobs"));
    assertThat(target().file("snap/x")).isEqualTo(in.toRealPath().resolve("x"));
    Files.createSymbolicLink(scratch.resolve("alias"), in);
    assertThat(new LocalTarget(scratch.resolve("alias")).file("y"))
        .isEqualTo(in.toRealPath().resolve("y"));
  }

  @Test
  void aFileInTheWayIsAnError() throws Exception {
    Files.createDirectory(scratch.resolve("in"));
    Files.writeString(scratch.resolve("in/a"), "file");
    assertThatThrownBy(() -> target().file("a/b"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is no directory");
  }
}
