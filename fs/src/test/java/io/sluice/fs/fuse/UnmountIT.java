package io.sluice.fs.fuse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.fs.fuse.MountException.Kind;
import io.sluice.store.testkit.MemoryStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mounts end completely, by whoever's hand, and what a killed process leaves is taken away. */
@Timeout(120)
class UnmountIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final MemoryStore store = new MemoryStore();
  private Path spare;

  @BeforeEach
  void makeAMountPoint() throws IOException {
    spare = Files.createTempDirectory("sluice-spare");
  }

  @AfterEach
  void leaveNothing() throws IOException {
    Remains.unmount(spare);
    Files.delete(spare);
  }

  /** A mount whose process has been killed. */
  private void leaveADeadMount() throws Exception {
    Process child = child(spare);
    child.destroyForcibly().waitFor();
    assertThat(MountTable.isStale(spare)).isTrue();
  }

  private static Process child(Path mountPoint, String... options) throws IOException {
    String[] arguments = new String[options.length + 1];
    arguments[0] = mountPoint.toString();
    System.arraycopy(options, 0, arguments, 1, options.length);
    Process child = Shell.java(MountingChild.class, arguments);
    assertThat(child.inputReader(UTF_8).readLine()).isEqualTo("ready");
    return child;
  }

  @ParameterizedTest
  @ValueSource(strings = {"fusermount -u .", "fusermount3 -u .", "umount .", "umount -l ."})
  void unmountedFromOutsideTheSessionEnds(String command) throws Exception {
    store.put("k", "text");
    try (var mount = TestMount.of(store)) {
      assertThat(Files.readString(mount.path("k"))).isEqualTo("text");
      String line = command.replace(" .", " " + mount.path());
      assertThat(Shell.run(Path.of("/"), line)).isEqualTo(new Shell(0, ""));
      mount.mount().awaitUnmounted();
      assertThat(MountTable.isMounted(mount.path())).isFalse();
    }
  }

  @Test
  void afterCloseNothingIsMountedAndNothingIsLeftToDo() throws Exception {
    store.put("k", "text");
    try (var mount = TestMount.of(store)) {
      assertThat(MountTable.isMounted(mount.path())).isTrue();
      assertThat(MountTable.isStale(mount.path())).isFalse();
      mount.mount().close();
      mount.mount().close();
      assertThat(MountTable.isMounted(mount.path())).isFalse();
      mount.mount().awaitUnmounted();
      assertThat(mount.mount().threads()).isZero();
    }
  }

  @Test
  void closedWhileAFileIsOpenItsReadsFailAndTheMountIsGone() throws Exception {
    store.put("k", "text");
    try (var mount = TestMount.of(store)) {
      var file = FileChannel.open(mount.path("k"));
      mount.mount().close();
      assertThat(MountTable.isMounted(mount.path())).isFalse();
      assertThat(mount.mount().threads()).isZero();
      assertThatThrownBy(() -> file.read(ByteBuffer.allocate(4))).isInstanceOf(IOException.class);
      assertThatThrownBy(file::close).hasMessageContaining("not connected");
    }
  }

  @Test
  void closeLeavesAMountAloneThatHasTakenItsPlace() throws Exception {
    var first = TestMount.of(store);
    try {
      Unmount.unmount(first.path(), SOON);
      first.mount().awaitUnmounted();
      Process child = child(first.path());
      first.mount().close();
      assertThat(MountTable.isMounted(first.path())).isTrue();
      child.destroyForcibly().waitFor();
    } finally {
      first.close();
    }
  }

  @Test
  void unmountTakesALiveMountAway() throws Exception {
    Process child = child(spare);
    Unmount.unmount(spare, SOON);
    assertThat(MountTable.isMounted(spare)).isFalse();
    assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).isZero();
  }

  @Test
  void unmountSaysThatAMountIsInUse() throws Exception {
    store.put("k", "text");
    try (var mount = TestMount.of(store)) {
      try (var _ = FileChannel.open(mount.path("k"))) {
        assertThatThrownBy(() -> Unmount.unmount(mount.path(), Duration.ofMillis(200)))
            .hasFieldOrPropertyWithValue("kind", Kind.BUSY)
            .hasMessageContaining("in use");
        assertThat(MountTable.isMounted(mount.path())).isTrue();
      }
    }
  }

  @Test
  void unmountSaysThatNothingIsMounted() {
    assertThatThrownBy(() -> Unmount.unmount(spare, SOON))
        .hasFieldOrPropertyWithValue("kind", Kind.NOT_MOUNTED)
        .hasMessage("nothing is mounted at " + spare);
  }

  @Test
  void unmountLeavesMountsOfOthersAlone() {
    assertThatThrownBy(() -> Unmount.unmount(Path.of("/proc"), SOON))
        .hasFieldOrPropertyWithValue("kind", Kind.NOT_MOUNTED)
        .hasMessageContaining("another kind (proc)");
  }

  @Test
  void unmountRepairsWhatAKilledProcessLeft() throws Exception {
    leaveADeadMount();
    Unmount.unmount(spare, SOON);
    assertThat(spare).isEmptyDirectory();
  }

  @Test
  void mountRepairsWhatAKilledProcessLeft() throws Exception {
    leaveADeadMount();
    String place = MountPoint.prepare(spare, false);
    assertThat(place).isEqualTo(spare.toRealPath().toString());
    assertThat(MountTable.isMounted(spare)).isFalse();
  }

  @Test
  void mountRefusesWhatIsMountedAlready() throws Exception {
    try (var mount = TestMount.of(store)) {
      assertThatThrownBy(() -> MountPoint.prepare(mount.path(), false))
          .hasFieldOrPropertyWithValue("kind", Kind.BAD_MOUNT_POINT)
          .hasMessageContaining("already a mount of s3://test");
    }
  }

  @Test
  void withAutoUnmountNothingIsLeftOfAKilledProcess() throws Exception {
    Process child = child(spare, "auto_unmount");
    assertThat(MountTable.isMounted(spare)).isTrue();
    child.destroyForcibly().waitFor();
    Eventually.holds(() -> !MountTable.isMounted(spare));
  }

  @Test
  void namesSurviveALocaleOfPlainAscii() throws Exception {
    Process child = child(spare); // with LC_ALL=C, as every child of a test
    assertThat(Shell.run(spare, "cat größe").output()).isEqualTo("text");
    child.destroyForcibly().waitFor();
  }

  @Test
  void aMountPointMayBeAMountItself() throws Exception {
    store.put("k", "text");
    assertThat(Shell.run(Path.of("/"), "mount -t tmpfs volume " + spare).exitCode()).isZero();
    try {
      try (var mount = TestMount.at(spare, store)) {
        assertThat(Files.readString(mount.path("k"))).isEqualTo("text");
      }
      assertThat(MountTable.at(spare).orElseThrow().type()).isEqualTo("tmpfs");
    } finally {
      Shell.run(Path.of("/"), "umount " + spare);
    }
  }
}
