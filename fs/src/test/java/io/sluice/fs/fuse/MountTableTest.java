package io.sluice.fs.fuse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountTableTest {
  private static List<MountEntry> parse(String table) {
    return MountTable.parse(table.getBytes(UTF_8));
  }

  @Test
  void aLineTellsDevicePlaceTypeAndSource() {
    assertThat(
            parse(
                """
                22 1 0:40 / /mnt/models ro,nosuid shared:5 master:2 - fuse.sluice s3://m ro,user_id=0
                """))
        .containsExactly(new MountEntry("0:40", "/mnt/models", "fuse.sluice", "s3://m"));
  }

  @Test
  void aLineMayHaveNoOptionalFields() {
    assertThat(parse("22 1 8:1 / / rw - ext4 /dev/sda1 rw\n"))
        .containsExactly(new MountEntry("8:1", "/", "ext4", "/dev/sda1"));
  }

  @Test
  void escapesAreUndone() {
    assertThat(parse("1 1 0:1 / /a\\040b\\134c\\011d - tmpfs x\\040y rw"))
        .isEmpty(); // too few fields: not a line of the table
    assertThat(parse("1 1 0:1 / /a\\040b\\134c\\011größe rw - tmpfs x\\040y rw"))
        .containsExactly(new MountEntry("0:1", "/a b\\c\tgröße", "tmpfs", "x y"));
  }

  @Test
  void onlyOurOwnTypeIsOurs() {
    assertThat(new MountEntry("0:1", "/a", "fuse.sluice", "s").isOurs()).isTrue();
    assertThat(new MountEntry("0:1", "/a", "fuse.sshfs", "s").isOurs()).isFalse();
    assertThat(new MountEntry("0:1", "/a", "fuse", "s").isOurs()).isFalse();
  }

  @Test
  void theRootIsMounted() throws IOException {
    assertThat(MountTable.at(Path.of("/"))).isPresent();
    assertThat(MountTable.isMounted(Path.of("/"))).isFalse();
    assertThat(MountTable.isStale(Path.of("/"))).isFalse();
  }

  @Test
  void aPlaceIsFoundThroughSymbolicLinks(@TempDir Path directory) throws IOException {
    Path real = Files.createDirectories(directory.toRealPath().resolve("real/mount"));
    Files.createSymbolicLink(directory.resolve("link"), Path.of("real/mount"));
    Files.createSymbolicLink(directory.resolve("other"), real.getParent());
    assertThat(MountTable.whereItIs(directory.resolve("link"))).isEqualTo(real.toString());
    assertThat(MountTable.whereItIs(directory.resolve("other/mount"))).isEqualTo(real.toString());
    assertThat(MountTable.whereItIs(directory.resolve("real/./mount/"))).isEqualTo(real.toString());
  }

  @Test
  void aLoopOfLinksIsAnError(@TempDir Path directory) throws IOException {
    Files.createSymbolicLink(directory.resolve("a"), Path.of("a"));
    assertThatThrownBy(() -> MountTable.at(directory.resolve("a"))).isInstanceOf(IOException.class);
  }
}
