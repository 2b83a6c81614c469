package io.sluice.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.launcher.cli.ExitCode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The cache is filled before anybody reads. */
final class WarmIT extends MountScene {
  private static final Duration SOON = Duration.ofSeconds(30);

  private SluiceProcess warm(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("warm", "-b", BUCKET));
    all.addAll(List.of("--data-dir", dataDirectory().toString()));
    all.addAll(List.of(arguments));
    return sluice(all.toArray(String[]::new));
  }

  private void assertExit(SluiceProcess process, ExitCode code, String... said) throws Exception {
    int exit = process.awaitExit();
    assertThat(exit).as(process.output()).isEqualTo(code.number());
    for (String words : said) assertThat(process.output()).contains(words);
  }

  private void putModel() {
    server().put(BUCKET, "llama/a.safetensors", bytes(1, 3_000_000));
    server().put(BUCKET, "llama/b.safetensors", bytes(2, 1_000_001));
    server().put(BUCKET, "llama/config.json", bytes(3, 500));
    server().put(BUCKET, "llama/empty", bytes(4, 0));
    server().put(BUCKET, "other.bin", bytes(5, 70_000));
  }

  @Test
  void aMountThenReadsWithoutAGet() throws Exception {
    putModel();
    assertExit(warm(), ExitCode.OK, "sluice: 5 files, 3.9 MiB, are in the cache at");
    int gets = server().gets();
    SluiceProcess mount = mounted();
    assertThat(Files.readAllBytes(mountPoint.resolve("llama/a.safetensors")))
        .isEqualTo(bytes(1, 3_000_000));
    assertThat(Files.readAllBytes(mountPoint.resolve("llama/b.safetensors")))
        .isEqualTo(bytes(2, 1_000_001));
    assertThat(Files.readAllBytes(mountPoint.resolve("other.bin"))).isEqualTo(bytes(5, 70_000));
    mount.stop();
    assertThat(server().gets()).isEqualTo(gets);
  }

  @Test
  void onlyWhatIsAskedForIsFetched() throws Exception {
    putModel();
    Path list = Files.writeString(scratch.resolve("list"), "llama/config.json\n\nother.bin\n");
    assertExit(
        warm("llama/*.safetensors", "--list", list.toString()), ExitCode.OK, "sluice: 4 files");
    assertExit(warm("llama/empty", "llama/*.json", "--check"), ExitCode.OK);
    assertExit(warm("llama/", "--quiet"), ExitCode.OK);
    int gets = server().gets();
    assertExit(warm(), ExitCode.OK, "0 B fetched");
    assertThat(server().gets()).isEqualTo(gets);
  }

  @Test
  void aMissingKeyIsNamedAndTheOthersAreFetched() throws Exception {
    putModel();
    SluiceProcess warm = warm("llama/config.json", "llama/none", "gone/", "other.bin");
    assertExit(
        warm,
        ExitCode.NOT_FOUND,
        "sluice: llama/none: no such object: check the key",
        "sluice: gone/: no object matches: check the pattern",
        "sluice: 2 of 4 are not in the cache: 2 not in the bucket");
    assertExit(warm("llama/config.json", "other.bin", "--check"), ExitCode.OK);
  }

  @Test
  void nothingBelowAPrefixIsNotFound() throws Exception {
    assertExit(
        warm("--prefix", "nowhere"), ExitCode.NOT_FOUND, "there is no object: check the prefix");
  }

  @Test
  void whatTheStoreRefusesIsSaidOfEachObject() throws Exception {
    putModel();
    server().refuseGets(true);
    assertExit(
        warm("other.bin", "llama/empty"),
        ExitCode.BUCKET,
        "sluice: other.bin: ",
        "1 of 2 are not in the cache: 1 failed");
  }

  @Test
  void anObjectLargerThanTheCacheIsRefusedAndTheOthersAreFetched() throws Exception {
    putModel();
    assertExit(
        warm("--cache-size", "1500KB", "llama/"),
        ExitCode.DATA_DIR,
        "llama/a.safetensors: its 2.9 MiB do not fit into the cache, which takes 1.4 MiB: raise --cache-size",
        "1 of 4 are not in the cache");
    assertExit(
        warm("--cache-size", "1500KB", "llama/b.safetensors", "llama/config.json", "--check"),
        ExitCode.OK);
  }

  @Test
  void moreThanTheCacheTakesIsRefusedWithoutPuttingOutWhatCameFirst() throws Exception {
    server().put(BUCKET, "a.bin", bytes(1, 1_000_000));
    server().put(BUCKET, "b.bin", bytes(2, 1_000_000));
    assertExit(
        warm("--cache-size", "1500KB"),
        ExitCode.DATA_DIR,
        "no room beside the others, the cache takes 1.4 MiB",
        "1 of 2 are not in the cache");
  }

  @Test
  void aCheckTellsOfEachObjectAndFetchesNothing() throws Exception {
    putModel();
    assertExit(warm("llama/a.safetensors", "llama/b.safetensors"), ExitCode.OK);
    int gets = server().gets();
    assertExit(
        warm("--check", "llama/*.*"),
        ExitCode.INCOMPLETE,
        "complete   llama/a.safetensors",
        "complete   llama/b.safetensors",
        "missing    llama/config.json (500 B of 500 B missing)",
        "1 of 3 are not in the cache: 1 not complete");
    damage(3_000_000);
    assertExit(
        warm("--check", "llama/a.safetensors"),
        ExitCode.DAMAGED,
        "damaged    llama/a.safetensors (1 blocks, dropped: warm it again)");
    assertThat(server().gets()).isEqualTo(gets);
    assertExit(warm("llama/a.safetensors"), ExitCode.OK, "128.0 KiB fetched");
    assertExit(warm("--check", "llama/a.safetensors"), ExitCode.OK, "complete and intact");
  }

  /** Flips a bit in the cache file of the object that has this size. */
  private void damage(long size) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(dataDirectory())) {
      files = all.filter(path -> path.endsWith("data") && path.toFile().length() == size).toList();
    }
    assertThat(files).hasSize(1);
    try (var data = new RandomAccessFile(files.getFirst().toFile(), "rw")) {
      data.seek(1_000_000);
      int was = data.read();
      data.seek(1_000_000);
      data.write(was ^ 4);
    }
  }

  @Test
  void anInterruptedOneKeepsWhatItHasAndGoesOn() throws Exception {
    putModel();
    assertExit(warm("other.bin"), ExitCode.OK);
    try (var gate = server().holdGets()) {
      SluiceProcess warm = warm();
      Await.until(SOON, () -> gate.held() > 0, warm::output);
      warm.signal("INT");
      Await.until(SOON, () -> warm.output().contains("sluice: stopping"), warm::output);
      gate.open();
      assertThat(warm.awaitExit()).as(warm.output()).isEqualTo(130);
      assertThat(warm.output())
          .contains("sluice: stopped with", "the same command goes on from here");
    }
    assertExit(warm("other.bin", "--check"), ExitCode.OK);
    assertExit(warm(), ExitCode.OK, "5 files");
    assertExit(warm("--check"), ExitCode.OK, "complete and intact");
  }

  @Test
  void aSignalBeforeTheBucketHasAnsweredEndsItAtOnce() throws Exception {
    try (var silent = new ServerSocket(0)) {
      SluiceProcess warm = warm("--endpoint-url", "http://127.0.0.1:" + silent.getLocalPort());
      silent.accept();
      warm.signal("TERM");
      assertThat(warm.awaitExit()).isEqualTo(143);
    }
  }

  @Test
  void aKilledOneLeavesWhatItHas() throws Exception {
    server().put(BUCKET, "large.bin", bytes(9, 30_000_000));
    SluiceProcess warm = warm();
    Await.until(SOON, () -> Files.exists(dataDirectory().resolve("v1")), () -> "no data directory");
    warm.signal("KILL");
    warm.awaitExit();
    assertExit(warm(), ExitCode.OK, "1 files");
    assertExit(warm("--check"), ExitCode.OK, "complete and intact");
  }

  @Test
  void quietlyNothingIsSaidWhereNothingIsWrong() throws Exception {
    server().put(BUCKET, "a.txt", "text".getBytes(UTF_8));
    SluiceProcess warm = warm("--quiet");
    assertExit(warm, ExitCode.OK);
    assertThat(warm.output()).isEmpty();
    SluiceProcess check = warm("--check", "--quiet");
    assertExit(check, ExitCode.OK);
    assertThat(check.output()).isEmpty();
  }

  @Test
  void manySmallObjectsAreFetchedWithOneGetEach() throws Exception {
    int count = 300;
    for (int i = 0; i < count; i++) server().put(BUCKET, "small/%03d".formatted(i), bytes(i, 2000));
    Attempts.untilUndisturbed(
        () -> {
          forgetTheCache();
          int before = server().gets();
          assertExit(warm("small/"), ExitCode.OK, "sluice: 300 files");
          int gets = server().gets() - before;
          // One that seems to hang is asked for once more, but not many are.
          assertThat(gets).isBetween(count, count + 100);
          return gets == count;
        });
  }
}
