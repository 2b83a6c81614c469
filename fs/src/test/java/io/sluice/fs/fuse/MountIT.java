package io.sluice.fs.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.fs.fuse.MountException.Kind;
import io.sluice.store.testkit.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What mounting sets up, and what is left where it fails: nothing. */
@Timeout(60)
class MountIT {
  private final MemoryStore store = new MemoryStore();

  private static String lineOf(TestMount mount) throws IOException {
    try (var lines = Files.lines(Path.of("/proc/mounts"))) {
      return lines.filter(line -> line.contains(mount.path().toString())).findFirst().orElse("");
    }
  }

  @Test
  void theMountTableShowsWhatIsMounted() throws Exception {
    var options = MountOptions.of("s3://bucket/a,b\\c d");
    try (var mount = TestMount.of(store, options)) {
      MountEntry entry = mount.mount().entry();
      assertThat(entry.source()).isEqualTo("s3://bucket/a,b\\c d");
      assertThat(entry.type()).isEqualTo("fuse.sluice");
      assertThat(entry.mountPoint()).isEqualTo(mount.path().toRealPath().toString());
      assertThat(lineOf(mount)).contains(" ro,", "nosuid", "nodev", "default_permissions");
    }
  }

  @Test
  void optionsReachTheKernel() throws Exception {
    var options =
        MountOptions.of("s3://test")
            .withExtra(List.of("noatime", "noexec", "allow_other", "max_read=65536", "_netdev"));
    try (var mount = TestMount.of(store, options)) {
      assertThat(lineOf(mount)).contains("noatime", "noexec", "allow_other", "max_read=65536");
    }
  }

  @Test
  void theKernelReadsAheadAsFarAsItWasAskedTo() throws Exception {
    try (var mount = TestMount.of(store)) {
      assertThat(mount.mount().readAheadKb()).isEqualTo(KernelReading.DEFAULT.readAheadKb());
    }
  }

  @Test
  void noMountPointIsLeftMountedWhereLibfuseRefusesAnOption() throws Exception {
    // Ours is to refuse what it does not know; this is what happens if something slips through.
    Path mountPoint = Files.createTempDirectory("sluice-refused");
    LibFuse library = LibFuse.load();
    try (var fs = new BucketForTest(store);
        var operations = new Operations(library, new ReadOnlyCalls(fs.fs(), false), new Loops())) {
      assertThatThrownBy(
              () ->
                  Session.mount(
                      library,
                      mountPoint.toString(),
                      List.of("subtype=sluice", "junk"),
                      operations))
          .isInstanceOf(MountException.class)
          .hasMessageContaining("unknown option");
      assertThat(MountTable.isMounted(mountPoint)).isFalse();
    } finally {
      Remains.unmount(mountPoint);
      Files.delete(mountPoint);
    }
  }

  @Test
  void whatLibfuseSaysIsInTheMessageAndNotOnStandardError() throws Exception {
    Path gone = Path.of("/nonexistent/mount-point");
    LibFuse library = LibFuse.load();
    try (var fs = new BucketForTest(store);
        var operations = new Operations(library, new ReadOnlyCalls(fs.fs(), false), new Loops())) {
      assertThatThrownBy(() -> Session.mount(library, gone.toString(), List.of("ro"), operations))
          .hasFieldOrPropertyWithValue("kind", Kind.FAILED)
          .hasMessageContaining("No such file or directory");
    }
  }
}
