package io.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.launcher.cli.ExitCode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A data directory is looked after, beside the mounts that use it. */
final class CacheCommandIT extends MountScene {
  private SluiceProcess cache(String command, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("cache", command));
    all.addAll(List.of("--data-dir", dataDirectory().toString()));
    all.addAll(List.of(arguments));
    return sluice(all.toArray(String[]::new));
  }

  private void assertExit(SluiceProcess process, ExitCode code, String... said) throws Exception {
    int exit = process.awaitExit();
    assertThat(exit).as(process.output()).isEqualTo(code.number());
    for (String words : said) assertThat(process.output()).contains(words);
  }

  private void warm() throws Exception {
    server().put(BUCKET, "llama/a.bin", bytes(1, 300_000));
    server().put(BUCKET, "llama/b.bin", bytes(2, 200_000));
    server().put(BUCKET, "c.txt", bytes(3, 1000));
    SluiceProcess warm =
        sluice(
            "warm", "-b", BUCKET, "--data-dir", dataDirectory().toString(), "--cache-size", "1G");
    assertExit(warm, ExitCode.OK, "3 files");
  }

  @Test
  void objectsAreListedPinnedAndEvicted() throws Exception {
    warm();
    assertExit(cache("ls"), ExitCode.OK, "llama/a.bin", "complete", "c.txt", "s3://models");
    assertExit(cache("ls", "*.txt", "--json"), ExitCode.OK, "\"key\": \"c.txt\"", "\"size\": 1000");
    assertExit(cache("stat"), ExitCode.OK, "in 3 objects", "bound     1.0 GiB");
    assertExit(cache("pin", "llama/"), ExitCode.OK, "2 objects pinned");
    assertExit(
        cache("evict", "--all"),
        ExitCode.IN_USE,
        "1 objects evicted",
        "llama/a.bin is pinned and stays: unpin it first");
    assertExit(cache("unpin", "llama/a.bin"), ExitCode.OK, "1 objects unpinned");
    assertExit(cache("evict", "llama/a*"), ExitCode.OK, "1 objects evicted, 293.0 KiB");
    SluiceProcess left = cache("ls");
    assertExit(left, ExitCode.OK, "llama/b.bin");
    assertThat(left.output()).doesNotContain("a.bin").doesNotContain("c.txt");
    assertExit(cache("gc"), ExitCode.OK, "cleared");
  }

  @Test
  void whatAMountHasOpenIsNotEvicted() throws Exception {
    warm();
    SluiceProcess mount = mounted();
    try (var file = Files.newByteChannel(mountPoint.resolve("c.txt"))) {
      assertThat(file.size()).isEqualTo(1000);
      assertExit(cache("evict", "c.txt"), ExitCode.IN_USE, "c.txt is in use and stays");
      assertExit(cache("stat"), ExitCode.OK, "used by   ");
    }
    mount.stop();
  }

  @Test
  void damageIsFoundAndMended() throws Exception {
    warm();
    assertExit(cache("verify"), ExitCode.OK, "of 3 objects verified, 0 objects damaged");
    Path data;
    try (Stream<Path> all = Files.walk(dataDirectory())) {
      data =
          all.filter(path -> path.endsWith("data") && path.toFile().length() == 300_000)
              .findFirst()
              .orElseThrow();
    }
    try (var file = new RandomAccessFile(data.toFile(), "rw")) {
      file.seek(150_000);
      int was = file.read();
      file.seek(150_000);
      file.write(was ^ 1);
    }
    assertExit(cache("verify", "--keep"), ExitCode.DAMAGED, "damaged  llama/a.bin: 1 blocks");
    assertExit(cache("verify", "llama/"), ExitCode.DAMAGED, "damaged  llama/a.bin: 1 blocks");
    assertExit(cache("verify", "--json"), ExitCode.OK, "\"damaged\": []");
    assertExit(cache("ls", "llama/a.bin"), ExitCode.OK, "partial");
  }

  @Test
  void badInputIsOneLine() throws Exception {
    assertRefused(cache("ls"), ExitCode.DATA_DIR, dataDirectory().toString());
    warm();
    assertRefused(cache("ls", "nothing/*"), ExitCode.NOT_FOUND, "nothing in the cache matches");
    assertRefused(cache("pin", "nothing"), ExitCode.NOT_FOUND, "nothing in the cache matches");
    assertRefused(cache("evict"), ExitCode.USAGE, "which objects?");
    assertRefused(cache("evict", "--all", "c.txt"), ExitCode.USAGE, "give one of them");
    assertRefused(cache("ls", "a["), ExitCode.USAGE, "close its [ with ]");
  }

  @Test
  void moreThanTheCacheTakesIsNotPinned() throws Exception {
    server().put(BUCKET, "large.txt", bytes(1, 3_000_000));
    SluiceProcess mount = mounted("--cache-size", "1MB", "--prefetch", "off");
    try (var file = Files.newByteChannel(mountPoint.resolve("large.txt"))) {
      assertThat(file.read(ByteBuffer.allocate(10))).isEqualTo(10);
    }
    mount.stop();
    assertRefused(cache("pin", "large.txt"), ExitCode.DATA_DIR, "bytes to pin");
  }

  @Test
  void aDirectoryOfANewerVersionIsLeftAlone() throws Exception {
    warm();
    Files.createDirectory(dataDirectory().resolve("v99"));
    assertRefused(cache("ls"), ExitCode.DATA_DIR, "newer");
  }

  private void assertRefused(SluiceProcess process, ExitCode code, String said) throws Exception {
    assertExit(process, code, said);
    assertThat(process.lines()).hasSize(1);
    assertThat(process.output()).startsWith("sluice: ");
  }
}
