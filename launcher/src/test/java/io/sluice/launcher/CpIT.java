package io.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.launcher.cli.ExitCode;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code sluice cp}: the built program against a real S3 server. */
final class CpIT extends CommandScene {
  private static final String URL = "s3://" + BUCKET;
  private static final Duration MINUTES = Duration.ofMinutes(5);
  private static final Duration SOON = Duration.ofSeconds(60);

  private List<String> keys(String url) throws Exception {
    return run("ls", "-r", "--hidden", url).lines().stream()
        .map(line -> line.substring(34))
        .toList();
  }

  private Path file(String name, String text) throws Exception {
    Path file = scratch.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static List<String> files(Path directory) throws Exception {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void aFileGoesWhereItIsToldUpAndDown() throws Exception {
    String file = file("src/model.bin", "hello").toString();
    run("cp", file, URL + "/named").hasCode(ExitCode.OK);
    run("cp", file, URL + "/dir/").hasCode(ExitCode.OK);
    run("cp", file, URL).hasCode(ExitCode.OK);
    assertThat(keys(URL)).containsExactly("dir/model.bin", "model.bin", "named");
    String down = scratch.resolve("down").toString();
    run("cp", URL + "/named", down + "/made/x").hasCode(ExitCode.OK);
    run("cp", URL + "/named", down).hasCode(ExitCode.OK);
    run("copy", URL + "/dir/model.bin", down + "/new/").hasCode(ExitCode.OK);
    assertThat(files(Path.of(down))).containsExactly("made/x", "named", "new/model.bin");
    assertThat(Files.readString(Path.of(down, "named"))).isEqualTo("hello");
  }

  @Test
  void whatIsBelowOneGoesBelowAndSeveralKeepTheirNames() throws Exception {
    file("llama/a", "1");
    file("llama/deep/b c#.txt", "2");
    file("other/x", "3");
    Files.createDirectories(scratch.resolve("llama/nothing"));
    String llama = scratch.resolve("llama").toString();
    String other = scratch.resolve("other").toString();
    run("cp", llama, URL + "/p").hasCode(ExitCode.USAGE).saysOneLine("give -r");
    run("cp", "-r", llama, URL + "/p").hasCode(ExitCode.OK).says("1 empty directories");
    run("cp", "-r", llama + "/", URL + "/q/").hasCode(ExitCode.OK);
    assertThat(keys(URL)).containsExactly("p/a", "p/deep/b c#.txt", "q/a", "q/deep/b c#.txt");
    run("cp", "-r", llama, other, URL + "/n").hasCode(ExitCode.USAGE).says("with a slash");
    run("cp", "-r", llama, other, URL + "/n/").hasCode(ExitCode.OK);
    assertThat(keys(URL + "/n/"))
        .containsExactly("n/llama/a", "n/llama/deep/b c#.txt", "n/other/x");
    Path down = scratch.resolve("down");
    run("cp", "-r", URL + "/p", down.toString()).hasCode(ExitCode.OK);
    assertThat(files(down)).containsExactly("a", "deep/b c#.txt");
    run("cp", "-r", URL + "/p", URL + "/n/other", down.toString()).hasCode(ExitCode.OK);
    assertThat(files(down)).contains("p/a", "p/deep/b c#.txt", "other/x");
  }

  @Test
  void theServerCopiesWhatItHasAndGlobsChoose() throws Exception {
    server().makeBucket("second");
    put("a/1.bin", "one");
    put("a/2.txt", "two");
    put("a/b/3.bin", "three");
    int gets = server().gets();
    run("cp", URL + "/a/1.bin", URL + "/a/copy").hasCode(ExitCode.OK);
    run("cp", "-r", URL + "/a", "s3://second/all").hasCode(ExitCode.OK).says("objects 4");
    run("cp", URL + "/a/**.bin", "s3://second/").hasCode(ExitCode.OK);
    assertThat(server().gets()).isEqualTo(gets);
    assertThat(keys("s3://second"))
        .containsExactly("1.bin", "all/1.bin", "all/2.txt", "all/b/3.bin", "all/copy", "b/3.bin");
    String down = scratch.resolve("down").toString();
    run("cp", URL + "/a/*.bin", down).hasCode(ExitCode.USAGE).says("end " + down);
    run("cp", URL + "/a/*.bin", down + "/").hasCode(ExitCode.OK);
    assertThat(files(Path.of(down))).containsExactly("1.bin");
    run("cp", URL + "/a/*.gz", down + "/").hasCode(ExitCode.NOT_FOUND).says("no object matches");
  }

  @Test
  void nothingIsWrittenOutsideOfTheTarget() throws Exception {
    put("t/link/planted", "evil");
    put("t/good", "good");
    put("t/linked", "evil");
    put("t/dir/", "");
    put("t/" + "n".repeat(250) + "/ok", "good");
    Path down = Files.createDirectory(scratch.resolve("down"));
    Path outside = Files.createDirectory(scratch.resolve("outside"));
    Path victim = file("victim", "precious");
    Files.createSymbolicLink(down.resolve("link"), outside);
    Files.createSymbolicLink(down.resolve("linked"), victim);
    Ran ran = run("cp", "-r", URL + "/t", down.toString()).hasCode(ExitCode.INCOMPLETE);
    ran.says("'link/planted' is not written: a link leads out of", "2 of 5 are not copied");
    assertThat(outside).isEmptyDirectory();
    assertThat(victim).hasContent("precious");
    assertThat(down.resolve("good")).hasContent("good");
    assertThat(down.resolve("dir")).isDirectory();
  }

  @Test
  void whatIsThereIsLeftAloneWhereItIsAskedFor() throws Exception {
    put("x", "old");
    put("y", "new");
    String x = file("x", "new").toString();
    run("cp", "--if-absent", x, URL + "/x").hasCode(ExitCode.CHANGED).saysOneLine("x");
    run("cp", "--if-absent", URL + "/y", URL + "/x").hasCode(ExitCode.CHANGED);
    run("cp", "--if-absent", URL + "/x", x).hasCode(ExitCode.CHANGED).saysOneLine("left as it is");
    assertThat(Path.of(x)).hasContent("new");
    run("cp", URL + "/x", x).hasCode(ExitCode.OK);
    assertThat(Path.of(x)).hasContent("old");
    run("cp", "--if-absent", x, URL + "/z").hasCode(ExitCode.OK);
  }

  @Test
  void attributesAreGivenKeptAndReplacedOneByOne() throws Exception {
    String file = file("x", "1").toString();
    run("cp", "-m", "Content-Type:text/x-a", "-m", "color:green", file, URL + "/x")
        .hasCode(ExitCode.OK);
    run("cp", URL + "/x", URL + "/kept").hasCode(ExitCode.OK);
    assertThat(run("stat", "--json", URL + "/kept").out()).contains("text/x-a", "green");
    run("cp", "--content-type", "text/x-b", URL + "/x", URL + "/x").hasCode(ExitCode.OK);
    assertThat(run("stat", "--json", URL + "/x").out()).contains("text/x-b", "green");
    run("cp", "-m", "a:b", URL + "/x", file).hasCode(ExitCode.USAGE).says("leave them out");
  }

  @Test
  @Timeout(value = 400, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whatCannotBeSaysWhyInOneLine() throws Exception {
    put("d/x", "1");
    String file = file("f", "1").toString();
    run("cp", URL + "/none", file).hasCode(ExitCode.NOT_FOUND).saysOneLine("none");
    run("cp", "--json", URL + "/none", file)
        .hasCode(ExitCode.NOT_FOUND)
        .says("{\"event\":\"failed\",\"task\":\"cp\",", "\"code\":7");
    run("cp", "-r", URL + "/none", file + "-d").hasCode(ExitCode.NOT_FOUND).says("no object");
    run("cp", "s3://no-such-bucket/k", file).hasCode(ExitCode.BUCKET).saysOneLine("no-such-bucket");
    run("cp", file, "s3://no-such-bucket/k").hasCode(ExitCode.BUCKET).saysOneLine("no-such-bucket");
    run("cp", file + "-none", URL).hasCode(ExitCode.LOCAL).saysOneLine("there is no such file");
    run("cp", file).hasCode(ExitCode.USAGE);
    run("cp", file, file + "2").hasCode(ExitCode.USAGE).saysOneLine("both are local");
    run("cp", URL + "/d/x", URL + "/d/x").hasCode(ExitCode.USAGE).says("both source and target");
    run("cp", "-r", URL + "/d", URL + "/d/e").hasCode(ExitCode.USAGE).says("into itself");
    run("cp", URL, file).hasCode(ExitCode.USAGE).saysOneLine("give -r for everything in it");
    run("cp", "-r", URL + "/d", file).hasCode(ExitCode.LOCAL).saysOneLine("is a file");
    run("cp", "-", URL + "/x").hasCode(ExitCode.USAGE).saysOneLine("use put");
    run("cp", URL + "/d/x", "-").hasCode(ExitCode.USAGE).saysOneLine("use get");
    run("cp", "-s", "2G", file, URL).hasCode(ExitCode.USAGE).saysOneLine("give 5M to 1G");
    run("cp", "--concurrency", "-1", file, URL)
        .hasCode(ExitCode.USAGE)
        .says("number from 1 to 256");
  }

  @Test
  void oneThatFailsDoesNotStopTheOthers() throws Exception {
    Path tree = Files.createDirectory(scratch.resolve("tree"));
    file("tree/good", "1");
    Files.createSymbolicLink(tree.resolve("dangling"), Path.of("nowhere"));
    Files.createSymbolicLink(tree.resolve("loop"), tree);
    Files.createSymbolicLink(tree.resolve("linked"), file("elsewhere", "2"));
    Ran ran = run("cp", "-r", tree.toString(), URL + "/t").hasCode(ExitCode.INCOMPLETE);
    ran.says("leads nowhere", "leads back to where it is in", "2 of 4 are not copied");
    assertThat(keys(URL)).containsExactly("t/good", "t/linked");
    Ran dry = run("cp", "-r", "--dry-run", URL + "/t", scratch.resolve("dry") + "/");
    assertThat(dry.lines())
        .contains("copy " + URL + "/t/good to " + scratch.resolve("dry") + "/good");
    assertThat(scratch.resolve("dry")).doesNotExist();
  }

  @Test
  void aSourceThatIsNotThereDoesNotStopTheOthers() throws Exception {
    put("a", "1");
    put("p/b", "2");
    String down = scratch.resolve("down") + "/";
    run("cp", URL + "/none", "s3://nobody/x", URL + "/a", down)
        .hasCode(ExitCode.INCOMPLETE)
        .says("/none", "nobody", "2 of 3 are not copied");
    assertThat(files(Path.of(down))).containsExactly("a");
    run("rm", "-r", "--yes", "s3://nobody/x", URL + "/p").hasCode(ExitCode.INCOMPLETE);
    assertThat(keys(URL)).containsExactly("a");
  }

  @Test
  void whatGlobsFindUnderOneNameIsNotCopiedOverEachOther() throws Exception {
    put("p/x", "1");
    put("q/x", "2");
    put("q/y", "3");
    Path down = scratch.resolve("down");
    run("cp", URL + "/p/*", URL + "/q/*", down + "/")
        .hasCode(ExitCode.INCOMPLETE)
        .says("q/x is left out", "1 of 3 are not copied");
    assertThat(files(down)).containsExactly("x", "y");
    assertThat(Files.readString(down.resolve("x"))).isEqualTo("1");
  }

  @Test
  @Timeout(value = 700, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void manyObjectsAndOddKeysComeBackAsTheyWere() throws Exception {
    for (int i = 0; i < 1500; i++) put("many/%04d".formatted(i), "text " + i);
    for (String key : List.of("a b", "c#d", "%41", "grüße", "line\nbreak", "q?x=1&y", "+"))
      put("many/odd/" + key, key);
    Path down = scratch.resolve("down");
    runWithin(MINUTES, "cp", "-r", "-q", URL + "/many", down.toString()).hasCode(ExitCode.OK);
    assertThat(files(down)).hasSize(1507);
    for (int i : new int[] {0, 999, 1000, 1499})
      assertThat(down.resolve("%04d".formatted(i))).hasContent("text " + i);
    assertThat(down.resolve("odd/line\nbreak")).hasContent("line\nbreak");
    runWithin(MINUTES, "cp", "-r", "-q", down.toString(), URL + "/back").hasCode(ExitCode.OK);
    assertThat(keys(URL + "/back/")).hasSize(1507).contains("back/odd/c#d", "back/odd/grüße");
    String twice = run("ls", "--json", URL + "/back/odd/").out();
    assertThat(twice).contains("back/odd/line\\nbreak", "back/odd/q?x=1&y", "back/odd/%41");
  }

  @Test
  void throughADirectoryThatStandsForABucketAndBack() throws Exception {
    byte[] large = bytes(7, 20_000_003);
    server().put(BUCKET, "d/large", large);
    put("d/small", "1");
    String directory = Files.createDirectory(scratch.resolve("store")).toString();
    run("cp", "-r", URL + "/d", "file://" + directory + "/sub/").hasCode(ExitCode.BUCKET);
    run("cp", "-r", URL + "/d", "file://" + directory + "/").hasCode(ExitCode.OK);
    assertThat(Files.readAllBytes(Path.of(directory, "large"))).isEqualTo(large);
    run("cp", "-r", "file://" + directory + "/", URL + "/back").hasCode(ExitCode.OK);
    run("cp", URL + "/back/large", scratch.resolve("large").toString()).hasCode(ExitCode.OK);
    assertThat(Files.readAllBytes(scratch.resolve("large"))).isEqualTo(large);
  }

  @Test
  void aSignalEndsItAndLeavesNothingHalfWritten() throws Exception {
    server().put(BUCKET, "large", bytes(1, 30_000_000));
    Attempts.untilUndisturbed(
        () -> {
          Path down = Files.createTempDirectory(scratch, "down");
          SluiceProcess process = interruptedDownload(down);
          if (process.hasLeftSomething()) return false;
          assertThat(down).isEmptyDirectory();
          return true;
        });
  }

  private SluiceProcess interruptedDownload(Path down) throws Exception {
    try (S3Server.Gate gate = server().holdGets()) {
      int before = gate.held();
      SluiceProcess process = sluice("cp", URL + "/large", down.toString());
      Await.until(SOON, () -> gate.held() > before, process::output);
      process.signal("INT");
      assertThat(process.awaitExit()).as(process.output()).isEqualTo(130);
      return process;
    }
  }

  @Test
  void aSignalLeavesNoUploadBehindEvenWhereTheInputIsSilent() throws Exception {
    Path fifo = scratch.resolve("fifo");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    Attempts.untilUndisturbed(
        () -> {
          String key = "large" + System.nanoTime();
          SluiceProcess process = interruptedUpload(fifo, key);
          assertThat(keys(URL)).isEmpty();
          if (process.hasLeftSomething()) return false;
          Await.until(SOON, () -> !server().pending(BUCKET).contains(key), process::output);
          // Nor anything of it in the server's directory, which nobody writes to any more.
          assertThat(files(scratch.resolve("s3"))).noneMatch(name -> name.contains(key));
          return true;
        });
  }

  private SluiceProcess interruptedUpload(Path fifo, String key) throws Exception {
    int before = server().parts();
    SluiceProcess process = sluice("cp", "-s", "5M", fifo.toString(), URL + "/" + key);
    try (OutputStream input = Files.newOutputStream(fifo)) {
      input.write(bytes(1, 12_000_000));
      // Not while parts are on their way: a store may keep one that comes after its upload has
      // gone.
      Await.until(SOON, () -> server().parts() >= before + 2, process::output);
      process.signal("INT");
      assertThat(process.awaitExit()).as(process.output()).isEqualTo(130);
    }
    return process;
  }
}
