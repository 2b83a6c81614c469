package io.sluice.fs.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.fs.fuse.MountException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FuseDeviceTest {
  @TempDir Path directory;

  @Test
  void aMissingDeviceIsSaidWithWhatToDo() {
    assertThatThrownBy(() -> FuseDevice.check(directory.resolve("fuse")))
        .hasFieldOrPropertyWithValue("kind", Kind.NO_FUSE_DEVICE)
        .hasMessageContaining("modprobe fuse")
        .hasMessageContaining("--device /dev/fuse --cap-add SYS_ADMIN");
  }

  @Test
  void aDeviceThatCannotBeOpenedIsSaidSo() {
    assertThatThrownBy(() -> FuseDevice.check(directory)) // nobody can open a directory for writing
        .hasFieldOrPropertyWithValue("kind", Kind.NO_FUSE_DEVICE)
        .hasMessageContaining("cannot be opened");
  }

  @Test
  void othersAreAllowedByALineOfTheConfigurationAndNothingElse() throws IOException {
    Path configuration = directory.resolve("fuse.conf");
    assertThat(FuseDevice.allowsOthers(configuration)).isFalse();
    Files.writeString(configuration, "# user_allow_other\nmount_max = 10\n");
    assertThat(FuseDevice.allowsOthers(configuration)).isFalse();
    Files.writeString(configuration, "mount_max = 10\n user_allow_other \n");
    assertThat(FuseDevice.allowsOthers(configuration)).isTrue();
  }
}
