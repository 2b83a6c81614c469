package io.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.launcher.cli.ExitCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code sluice ls}: the built program against a real S3 server. */
final class LsIT extends CommandScene {
  private static final String URL = "s3://" + BUCKET;

  /** Size and key of each row: times are those of the test. */
  private static List<String> rows(Ran ran) {
    return ran.lines().stream().map(line -> line.substring(19).strip()).toList();
  }

  @Test
  void aLevelIsObjectsAndPrefixes() throws Exception {
    put("llama/a.bin", "12345");
    put("llama/deep/b.bin", "1");
    put("llama2/c.bin", "1");
    put("top.txt", "123");
    assertThat(rows(run("ls", URL).hasCode(ExitCode.OK)))
        .containsExactly("-  llama/", "-  llama2/", "3  top.txt");
    assertThat(rows(run("ls", URL + "/llama"))).isEqualTo(rows(run("ls", URL + "/llama/")));
    assertThat(rows(run("ls", "-b", BUCKET, "llama/")))
        .containsExactly("5  llama/a.bin", "-  llama/deep/");
    assertThat(rows(run("ls", "-b", URL + "/llama", "deep")))
        .containsExactly("1  llama/deep/b.bin");
    assertThat(rows(run("ls", URL + "/top.txt"))).containsExactly("3  top.txt");
    assertThat(run("ls", "-r", "-h", "--summarize", URL).lines())
        .hasSize(5)
        .last()
        .isEqualTo("4 objects, 10 B");
  }

  @Test
  void globsChooseAndSayHowDeep() throws Exception {
    put("a/1.bin", "1");
    put("a/2.txt", "2");
    put("a/b/3.bin", "3");
    assertThat(rows(run("ls", URL + "/a/*.bin"))).containsExactly("1  a/1.bin");
    assertThat(rows(run("ls", URL + "/**.bin"))).containsExactly("1  a/1.bin", "1  a/b/3.bin");
    assertThat(rows(run("ls", URL + "/a/*")))
        .containsExactly("1  a/1.bin", "1  a/2.txt", "-  a/b/");
    run("ls", URL + "/a/*.gz").hasCode(ExitCode.NOT_FOUND).saysOneLine("no object matches");
    run("ls", "-r", URL + "/a/*").hasCode(ExitCode.USAGE).says("leave -r out");
    run("ls", "--no-glob", URL + "/a/*").hasCode(ExitCode.NOT_FOUND);
  }

  @Test
  void whatIsNotThereHasACodeForEachWay() throws Exception {
    assertThat(run("ls", URL).hasCode(ExitCode.OK).out()).isEmpty();
    run("ls", URL + "/none/").hasCode(ExitCode.NOT_FOUND).saysOneLine("no object is there");
    run("ls", "s3://no-such-bucket").hasCode(ExitCode.BUCKET).saysOneLine("check the name");
    run("ls", "s3://").hasCode(ExitCode.USAGE).saysOneLine("buckets are not listed here");
    run("ls").hasCode(ExitCode.USAGE).saysOneLine("no bucket: give a URL");
    run("ls", "http://host/x").hasCode(ExitCode.USAGE).says("write s3://bucket/key");
    run("ls", "-b", BUCKET, URL).hasCode(ExitCode.USAGE).says("give it once");
  }

  @Test
  void keysWithoutAFileNameAreCountedOrListed() throws Exception {
    put("dir/", "");
    put("dir/x", "1");
    put("long/" + "n".repeat(250) + "/y", "1");
    Ran usual = run("ls", "-r", URL).hasCode(ExitCode.OK);
    assertThat(rows(usual)).hasSize(2).contains("1  dir/x");
    usual.says("1 without a file name in a mount: --hidden lists them, too");
    Ran all = run("ls", "-r", "--hidden", URL).hasCode(ExitCode.OK);
    assertThat(rows(all)).hasSize(3).contains("0  dir/");
    assertThat(all.err()).isEmpty();
  }

  @Test
  void keysOfAllKindsAreExactInJsonAndHarmlessInText() throws Exception {
    List<String> keys =
        List.of("a b#c%20d.txt", "grüße-模型.bin", "line\nbreak", "esc\u001b[31m", "q\"uote'");
    for (String key : keys) put("odd/" + key, "1");
    Ran json = run("ls", "--json", URL + "/odd/").hasCode(ExitCode.OK);
    for (String key : keys)
      assertThat(json.out())
          .contains(
              "\"odd/"
                  + key.replace("\n", "\\n").replace("\u001b", "\\u001b").replace("\"", "\\\""));
    assertThat(json.lines()).hasSize(keys.size()).allMatch(line -> line.contains("\"size\":1,"));
    Ran text = run("ls", URL + "/odd/");
    assertThat(text.lines()).hasSize(keys.size());
    assertThat(text.out())
        .contains("line\\nbreak", "esc\\x1b[31m", "grüße-模型")
        .doesNotContain("\u001b");
  }

  @Test
  void pagesOfAThousandFollowEachOther() throws Exception {
    byte[] one = "1".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 1500; i++) server().put(BUCKET, "many/%04d".formatted(i), one);
    Ran ran = run("ls", "--json", "--summarize", URL + "/many/").hasCode(ExitCode.OK);
    assertThat(ran.lines()).hasSize(1501).last().isEqualTo("{\"objects\":1500,\"bytes\":1500}");
    assertThat(ran.lines().get(1499)).contains("many/1499");
  }
}
