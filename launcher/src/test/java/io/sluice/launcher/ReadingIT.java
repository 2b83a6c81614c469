package io.sluice.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a program sees that reads a mounted bucket, while the bucket is well and while it is not.
 */
final class ReadingIT extends MountScene {
  private static final int LARGE = 20 << 20;
  private static final Duration A_MINUTE = Duration.ofSeconds(60);

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void objectsAreFilesWithTheirBytes() throws Exception {
    server().put(BUCKET, "a.txt", "alpha".getBytes(UTF_8));
    server().put(BUCKET, "empty", new byte[0]);
    server().put(BUCKET, "dir/deep/large.bin", bytes(1, LARGE));
    SluiceProcess mount = mounted();
    assertThat(names(mountPoint)).containsExactly("a.txt", "dir", "empty");
    assertThat(Files.size(mountPoint.resolve("dir/deep/large.bin"))).isEqualTo(LARGE);
    assertThat(Files.readString(mountPoint.resolve("a.txt"))).isEqualTo("alpha");
    assertThat(Files.readAllBytes(mountPoint.resolve("empty"))).isEmpty();
    assertThat(Files.readAllBytes(mountPoint.resolve("dir/deep/large.bin")))
        .isEqualTo(bytes(1, LARGE));
    mount.stop();
  }

  @Test
  void nothingCanBeWritten() throws Exception {
    server().put(BUCKET, "a.txt", "alpha".getBytes(UTF_8));
    mounted();
    assertThatThrownBy(() -> Files.writeString(mountPoint.resolve("new"), "x"))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("Read-only file system");
    assertThatThrownBy(() -> Files.delete(mountPoint.resolve("a.txt")))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("Read-only file system");
  }

  @Test
  void aPrefixIsShownAsTheRoot() throws Exception {
    server().put(BUCKET, "llama/7b/a.txt", "alpha".getBytes(UTF_8));
    server().put(BUCKET, "other/b.txt", "beta".getBytes(UTF_8));
    mounted("--prefix", "llama/7b");
    assertThat(names(mountPoint)).containsExactly("a.txt");
    assertThat(Files.readString(mountPoint.resolve("a.txt"))).isEqualTo("alpha");
  }

  @Test
  void aLocalDirectoryIsABucket() throws Exception {
    Path directory = scratch.resolve("local");
    Files.createDirectories(directory.resolve("dir"));
    Files.write(directory.resolve("dir/a.bin"), bytes(1, 300_000));
    String address = "file://" + directory;
    sluice("mount", "-b", address, "-m", mountPoint.toString(), "--data-dir", dataDirectory() + "")
        .awaitMounted();
    assertThat(Files.readAllBytes(mountPoint.resolve("dir/a.bin"))).isEqualTo(bytes(1, 300_000));
  }

  @Test
  void ownersAndModesAreThoseThatWereAskedFor() throws Exception {
    server().put(BUCKET, "dir/a.txt", "alpha".getBytes(UTF_8));
    mounted("--uid", "1234", "--gid", "5678", "--file-mode", "0640", "--dir-mode", "0750");
    Path file = mountPoint.resolve("dir/a.txt");
    assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(1234);
    assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(5678);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    Path directory = mountPoint.resolve("dir");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .isEqualTo("rwxr-x---");
  }

  @Test
  void afterARestartNothingIsFetchedAgain() throws Exception {
    server().put(BUCKET, "large.bin", bytes(1, LARGE));
    Attempts.untilUndisturbed(
        () -> {
          forgetTheCache();
          SluiceProcess first = mounted();
          assertThat(Files.readAllBytes(mountPoint.resolve("large.bin")))
              .isEqualTo(bytes(1, LARGE));
          first.stop();
          int before = server().gets();
          SluiceProcess second = mounted();
          assertThat(Files.readAllBytes(mountPoint.resolve("large.bin")))
              .isEqualTo(bytes(1, LARGE));
          second.stop();
          if (!wasUndisturbed(first)) return false;
          assertThat(server().gets()).isEqualTo(before);
          return true;
        });
  }

  @Test
  void theDataDirectoryOfAnotherBucketShowsNothingOfIt() throws Exception {
    server().makeBucket("others");
    server().put(BUCKET, "same.bin", bytes(1, 300_000));
    server().put(BUCKET, "only-here", new byte[1]);
    server().put("others", "same.bin", bytes(2, 300_000));
    SluiceProcess first = mounted();
    assertThat(Files.readAllBytes(mountPoint.resolve("same.bin"))).isEqualTo(bytes(1, 300_000));
    first.stop();
    sluice(
            "mount",
            "-b",
            "others",
            "-m",
            mountPoint.toString(),
            "--data-dir",
            dataDirectory().toString())
        .awaitMounted();
    assertThat(names(mountPoint)).containsExactly("same.bin");
    assertThat(Files.readAllBytes(mountPoint.resolve("same.bin"))).isEqualTo(bytes(2, 300_000));
  }

  @Test
  void aServerThatGoesAwayIsAnErrorInTimeAndWorksWhenItIsBack() throws Exception {
    server().put(BUCKET, "a.bin", bytes(1, 300_000));
    server().put(BUCKET, "b.bin", bytes(2, 300_000));
    mounted();
    assertThat(names(mountPoint)).containsExactly("a.bin", "b.bin");
    assertThat(Files.readAllBytes(mountPoint.resolve("a.bin"))).isEqualTo(bytes(1, 300_000));
    S3Server.Absence absence = server().goAway();
    long start = System.nanoTime();
    assertThatThrownBy(() -> Files.readAllBytes(mountPoint.resolve("b.bin")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Input/output error");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(A_MINUTE);
    absence.comeBack();
    assertThat(Files.readAllBytes(mountPoint.resolve("b.bin"))).isEqualTo(bytes(2, 300_000));
  }

  @Test
  void aDeletedObjectIsNoFileAnyMore() throws Exception {
    server().put(BUCKET, "a.bin", bytes(1, 300_000));
    mounted("--metadata-ttl", "0");
    assertThat(names(mountPoint)).containsExactly("a.bin");
    server().delete(BUCKET, "a.bin");
    assertThatThrownBy(() -> Files.readAllBytes(mountPoint.resolve("a.bin")))
        .isInstanceOf(NoSuchFileException.class);
  }

  /** Reads somewhere in an open file, past what reading its start may have brought along. */
  private static ByteBuffer readAt(FileChannel file, long offset) throws IOException {
    ByteBuffer into = ByteBuffer.allocate(64 << 10);
    assertThat(file.read(into, offset)).isEqualTo(into.capacity());
    return into.flip();
  }

  @Test
  void aReplacedObjectIsStaleToWhoeverHasItOpenAndNewToWhoeverOpensIt() throws Exception {
    // No model file: those are fetched whole, and then the old version could be read to its end.
    server().put(BUCKET, "log.dat", bytes(1, LARGE));
    mounted("--metadata-ttl", "0");
    Path path = mountPoint.resolve("log.dat");
    try (FileChannel file = FileChannel.open(path)) {
      assertThat(readAt(file, 0)).isEqualTo(ByteBuffer.wrap(bytes(1, LARGE), 0, 64 << 10));
      server().put(BUCKET, "log.dat", bytes(2, LARGE));
      assertThatThrownBy(() -> readAt(file, LARGE - (1 << 20)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Stale file handle");
    }
    assertThat(Files.readAllBytes(path)).isEqualTo(bytes(2, LARGE));
  }

  @Test
  void whatMayNotBeReadIsPermissionDenied() throws Exception {
    server().put(BUCKET, "a.bin", bytes(1, 300_000));
    mounted();
    server().refuseGets(true);
    assertThatThrownBy(() -> Files.readAllBytes(mountPoint.resolve("a.bin")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Permission denied");
    server().refuseGets(false);
    assertThat(Files.readAllBytes(mountPoint.resolve("a.bin"))).isEqualTo(bytes(1, 300_000));
  }

  @Test
  void aNewObjectShowsWithinTheTtl() throws Exception {
    server().put(BUCKET, "a.txt", "alpha".getBytes(UTF_8));
    mounted("--metadata-ttl", "500ms");
    assertThat(names(mountPoint)).containsExactly("a.txt");
    server().put(BUCKET, "b.txt", "beta".getBytes(UTF_8));
    Await.until(
        Duration.ofSeconds(20),
        () -> Files.exists(mountPoint.resolve("b.txt")),
        () -> "b.txt does not show");
    assertThat(names(mountPoint)).containsExactly("a.txt", "b.txt");
  }
}
