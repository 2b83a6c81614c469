package io.sluice.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.fs.fuse.MountTable;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a mount begins and in which ways it ends. */
final class LifecycleIT extends MountScene {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void theReadyLineNamesTheBucketTheMountPointAndTheCache() throws Exception {
    SluiceProcess mount = mounted();
    assertThat(isMounted()).isTrue();
    assertThat(mount.lines())
        .contains(
            "sluice: mounted s3://models at %s (read-only), cache %s (bounded by its disk)"
                .formatted(mountPoint, dataDirectory()));
    assertThat(MountTable.at(mountPoint).orElseThrow().source()).isEqualTo("s3://models");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT", "HUP"})
  void aSignalUnmountsAndEndsWithCode0(String signal) throws Exception {
    SluiceProcess mount = mounted();
    mount.signal(signal);
    assertThat(mount.awaitExit()).isEqualTo(0);
    assertThat(isMounted()).isFalse();
  }

  @Test
  void aSignalEndsItAlsoWhileAFileIsOpen() throws Exception {
    server().put(BUCKET, "a.bin", bytes(1, 100_000));
    SluiceProcess mount = mounted();
    try (var file = Files.newByteChannel(mountPoint.resolve("a.bin"))) {
      mount.signal("TERM");
      assertThat(mount.awaitExit()).isEqualTo(0);
      assertThat(isMounted()).isFalse();
      assertThat(file.isOpen()).isTrue();
    }
  }

  @Test
  void aSecondSignalEndsItAtOnce() throws Exception {
    server().put(BUCKET, "a.bin", bytes(1, 100_000));
    SluiceProcess mount = mounted();
    // It waits some seconds for files that are open, and longer for reads that are under way.
    try (var gate = server().holdGets()) {
      Thread reader = Thread.ofPlatform().daemon().start(() -> read("a.bin"));
      Await.until(SOON, () -> gate.held() > 0, mount::output);
      mount.signal("TERM");
      Await.until(SOON, () -> mount.output().contains("stopping"), mount::output);
      mount.signal("TERM");
      assertThat(mount.awaitExit()).as(mount.output()).isEqualTo(143);
      assertThat(reader.join(SOON)).isTrue();
    }
    if (isMounted()) assertThat(sluice("umount", mountPoint.toString()).awaitExit()).isEqualTo(0);
  }

  private void read(String name) {
    try {
      byte[] _ = Files.readAllBytes(mountPoint.resolve(name));
    } catch (IOException _) {
      // The mount ends meanwhile.
    }
  }

  @Test
  void theUmountCommandEndsItWithCode0() throws Exception {
    SluiceProcess mount = mounted();
    assertThat(sluice("umount", mountPoint.toString()).awaitExit()).isEqualTo(0);
    assertThat(mount.awaitExit()).isEqualTo(0);
    assertThat(isMounted()).isFalse();
    assertThat(mount.output()).contains("was unmounted");
  }

  @Test
  void theToolOfTheSystemEndsItWithCode0() throws Exception {
    SluiceProcess mount = mounted();
    assertThat(new ProcessBuilder("fusermount", "-u", mountPoint.toString()).start().waitFor())
        .isEqualTo(0);
    assertThat(mount.awaitExit()).isEqualTo(0);
  }

  private void kill(SluiceProcess mount) throws Exception {
    mount.signal("KILL");
    assertThat(mount.awaitExit()).isEqualTo(137);
    Await.until(SOON, () -> MountTable.isStale(mountPoint), () -> "the mount is not stale");
  }

  @Test
  void aKilledMountIsRepairedByTheNextOne() throws Exception {
    server().put(BUCKET, "a.txt", "alive".getBytes(UTF_8));
    kill(mounted());
    assertThatThrownBy(() -> Files.readString(mountPoint.resolve("a.txt")))
        .isInstanceOf(IOException.class);
    SluiceProcess again = mounted();
    assertThat(Files.readString(mountPoint.resolve("a.txt"))).isEqualTo("alive");
    again.stop();
  }

  @Test
  void aKilledMountIsTakenAwayByUmount() throws Exception {
    kill(mounted());
    assertThat(sluice("umount", mountPoint.toString()).awaitExit()).isEqualTo(0);
    assertThat(isMounted()).isFalse();
    assertThat(Files.isDirectory(mountPoint)).isTrue();
  }

  @Test
  void aKilledMountThatUnmountsItselfLeavesNothingBehind() throws Exception {
    SluiceProcess mount = mounted("--auto_unmount");
    mount.signal("KILL");
    mount.awaitExit();
    Await.until(SOON, () -> !isMounted(), () -> "it is still mounted");
  }

  @Test
  void aSignalBeforeItIsMountedEndsItAtOnce() throws Exception {
    // A server that takes connections and never answers keeps it waiting.
    try (var silent = new ServerSocket(0)) {
      SluiceProcess mount = mount("--endpoint-url", "http://127.0.0.1:" + silent.getLocalPort());
      silent.accept();
      mount.signal("TERM");
      assertThat(mount.awaitExit()).isEqualTo(143);
      assertThat(isMounted()).isFalse();
    }
  }

  @Test
  void theLastLineSaysWhatWasReadAndAsked() throws Exception {
    server().put(BUCKET, "a.bin", bytes(1, 300_000));
    Attempts.untilUndisturbed(
        () -> {
          forgetTheCache();
          SluiceProcess mount = mounted();
          assertThat(Files.readAllBytes(mountPoint.resolve("a.bin"))).isEqualTo(bytes(1, 300_000));
          mount.stop();
          if (!wasUndisturbed(mount)) return false;
          assertThat(mount.lines().getLast())
              .contains("readers got 293.0 KiB")
              .contains("the store gave 293.0 KiB")
              .contains("HEADs");
          return true;
        });
  }

  @Test
  void withLessToSayThereIsOnlyTheReadyLine() throws Exception {
    SluiceProcess mount = mounted("--log-level", "error");
    mount.stop();
    assertThat(mount.lines()).hasSize(1);
  }

  @Test
  void theMountPointMayBeGivenRelatively() throws Exception {
    Path relative = Path.of("").toAbsolutePath().relativize(mountPoint);
    SluiceProcess mount =
        sluice(
                "mount",
                "-b",
                BUCKET,
                "-m",
                relative.toString(),
                "--data-dir",
                dataDirectory().toString())
            .awaitMounted();
    assertThat(isMounted()).isTrue();
    mount.stop();
  }

  @Test
  void twoMountsShareADataDirectory() throws Exception {
    server().put(BUCKET, "a.bin", bytes(1, 300_000));
    Path other = Files.createDirectory(scratch.resolve("mnt2"));
    Attempts.untilUndisturbed(
        () -> {
          forgetTheCache();
          SluiceProcess first = mounted();
          SluiceProcess second =
              sluice("mount", "-b", BUCKET, "-m", other + "", "--data-dir", dataDirectory() + "")
                  .awaitMounted();
          assertThat(Files.readAllBytes(mountPoint.resolve("a.bin"))).isEqualTo(bytes(1, 300_000));
          assertThat(Files.readAllBytes(other.resolve("a.bin"))).isEqualTo(bytes(1, 300_000));
          second.stop();
          first.stop();
          if (!wasUndisturbed(first)) return false;
          assertThat(second.lines().getLast()).contains("in 0 GETs");
          return true;
        });
  }
}
