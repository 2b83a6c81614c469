package io.sluice.fs.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.fs.fuse.MountException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountPointTest {
  @TempDir Path directory;

  private void assertThatItIsRefused(Path mountPoint, String because) {
    assertThatThrownBy(() -> MountPoint.prepare(mountPoint, false))
        .hasFieldOrPropertyWithValue("kind", Kind.BAD_MOUNT_POINT)
        .hasMessageContaining(because)
        .hasMessageStartingWith(mountPoint.toString());
  }

  @Test
  void anEmptyDirectoryWillDo() throws Exception {
    assertThat(MountPoint.prepare(directory, false)).isEqualTo(directory.toRealPath().toString());
  }

  @Test
  void aMissingOneIsRefused() {
    assertThatItIsRefused(directory.resolve("missing"), "does not exist: make it first (mkdir -p");
  }

  @Test
  void aFileIsRefused() throws IOException {
    assertThatItIsRefused(Files.createFile(directory.resolve("file")), "is not a directory");
  }

  @Test
  void aDirectoryWithSomethingInItIsRefusedUnlessThatIsWanted() throws Exception {
    Files.createFile(directory.resolve(".hidden"));
    assertThatItIsRefused(directory, "is not empty");
    assertThat(MountPoint.prepare(directory, true)).isNotEmpty();
  }

  @Test
  void aLinkIsFollowed() throws Exception {
    Path real = Files.createDirectory(directory.resolve("real"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), real);
    assertThat(MountPoint.prepare(link, false)).isEqualTo(real.toRealPath().toString());
    assertThatItIsRefused(
        Files.createSymbolicLink(directory.resolve("dangling"), Path.of("nowhere")),
        "does not exist");
  }
}
