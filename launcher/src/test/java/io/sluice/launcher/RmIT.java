package io.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.launcher.cli.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code sluice rm}: the built program against a real S3 server. */
final class RmIT extends CommandScene {
  private static final String URL = "s3://" + BUCKET;

  private List<String> keys() throws Exception {
    return run("ls", "-r", "--hidden", URL).lines().stream()
        .map(line -> line.substring(34))
        .toList();
  }

  @Test
  void objectsAreDeletedAndThoseThatAreNotThereAreNoError() throws Exception {
    for (String key : List.of("a", "b", "c")) put(key, "1");
    run("rm", URL + "/a").hasCode(ExitCode.OK);
    run("rm", URL + "/b", URL + "/none").hasCode(ExitCode.OK).says("2 objects deleted");
    run("rm", URL + "/none").hasCode(ExitCode.OK);
    assertThat(keys()).containsExactly("c");
  }

  @Test
  void whatIsBelowGoesWithItselfAndNotWithWhatIsCalledAlike() throws Exception {
    for (String key : List.of("llama/a", "llama/b/c", "llama/dir/", "llama13/x")) put(key, "1");
    run("rm", "-r", URL + "/llama").hasCode(ExitCode.USAGE).saysOneLine("give --yes");
    assertThat(run("rm", "-r", "--dry-run", URL + "/llama").hasCode(ExitCode.OK).lines())
        .contains("delete " + URL + "/llama/b/c")
        .hasSize(3);
    assertThat(keys()).hasSize(4);
    run("rm", "-r", "--yes", URL + "/llama").hasCode(ExitCode.OK).says("3 objects deleted");
    assertThat(keys()).containsExactly("llama13/x");
    run("rm", "-r", "-y", URL + "/llama").hasCode(ExitCode.OK).says("0 objects deleted");
  }

  @Test
  void globsAskAndABucketNeedsAWord() throws Exception {
    for (String key : List.of("a.bin", "b.bin", "c.txt", "d/e.bin")) put(key, "1");
    run("rm", URL + "/*.bin").hasCode(ExitCode.USAGE).saysOneLine("give --yes");
    run("rm", "-y", URL + "/*.bin").hasCode(ExitCode.OK).says("2 objects deleted");
    assertThat(keys()).containsExactly("c.txt", "d/e.bin");
    run("rm", URL).hasCode(ExitCode.USAGE).saysOneLine("give -r for everything in it");
    run("rm", URL + "/").hasCode(ExitCode.USAGE);
    run("rm", URL + "/d/").hasCode(ExitCode.USAGE).saysOneLine("ends with a slash");
    run("rm", "-r", "-y", URL + "/").hasCode(ExitCode.OK);
    assertThat(keys()).isEmpty();
    run("rm").hasCode(ExitCode.USAGE);
  }

  @Test
  void aStarInAKeyCanBeMeant() throws Exception {
    put("a[1].txt", "1");
    put("a1.txt", "1");
    run("rm", "--no-glob", URL + "/a[1].txt").hasCode(ExitCode.OK);
    assertThat(keys()).containsExactly("a1.txt");
  }

  @Test
  void whatS3gof3rKeptBesideGoesOnlyWhereItIsAskedFor() throws Exception {
    List<String> all = List.of(".md5/" + BUCKET + "/x.md5", ".md5/x.md5", ".md5/y.md5", "x", "y");
    for (String key : all) put(key, "1");
    run("rm", URL + "/y").hasCode(ExitCode.OK);
    run("rm", "--md5", URL + "/x").hasCode(ExitCode.OK);
    assertThat(keys()).containsExactly(".md5/y.md5");
  }

  @Test
  void whoSitsAtATerminalIsAsked() throws Exception {
    put("p/a", "12345");
    put("p/b", "1");
    assertThat(answered("n")).contains("delete 2 objects, 6 B, of " + URL + "/p? [y/N]");
    assertThat(keys()).hasSize(2);
    answered("y");
    assertThat(keys()).isEmpty();
  }

  /** {@code script} of util-linux gives it a terminal. */
  private String answered(String answer) throws Exception {
    Path input = Files.writeString(scratch.resolve("answer"), answer + "\n");
    String command =
        String.join(" ", SluiceProcess.command().stream().map(word -> "'" + word + "'").toList())
            + " rm -r "
            + URL
            + "/p";
    SluiceProcess process =
        command(
            List.of(
                "sh",
                "-c",
                "(sleep 3; cat "
                    + input
                    + "; sleep 3) | script -qec \""
                    + command
                    + "\" /dev/null"));
    process.awaitExit();
    return process.output();
  }
}
