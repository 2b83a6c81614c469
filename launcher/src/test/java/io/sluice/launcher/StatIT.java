package io.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.launcher.cli.ExitCode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** {@code sluice stat} and {@code sluice presign}: about one object. */
final class StatIT extends CommandScene {
  private static final String URL = "s3://" + BUCKET;

  @Test
  void whatIsKnownIsToldInBothForms() throws Exception {
    put("a/config.json", "{}");
    Ran text = run("stat", URL + "/a/config.json").hasCode(ExitCode.OK);
    assertThat(text.out())
        .contains("object", URL + "/a/config.json", "size", "2 B", "modified", "version");
    Ran json = run("stat", "--json", URL + "/a/config.json").hasCode(ExitCode.OK);
    assertThat(json.out())
        .contains("\"key\": \"a/config.json\"", "\"size\": 2", "\"content-type\"", "\"version\"");
    assertThat(text.err() + json.err()).isEmpty();
  }

  @Test
  void whatIsNotThereIsSaidInOneLine() throws Exception {
    run("stat", URL + "/none").hasCode(ExitCode.NOT_FOUND).saysOneLine("none");
    run("stat", "s3://no-such-bucket/k").hasCode(ExitCode.BUCKET).saysOneLine("no-such-bucket");
    run("stat", URL).hasCode(ExitCode.USAGE).saysOneLine("names a bucket, and no object in it");
    run("stat", "/etc/passwd").hasCode(ExitCode.USAGE).saysOneLine("write s3://bucket/key");
  }

  @Test
  void aPresignedUrlWorksWithoutCredentialsAndIsAllThatIsPrinted() throws Exception {
    put("a b#c.txt", "hello");
    Ran get = run("presign", URL + "/a b#c.txt").hasCode(ExitCode.OK);
    assertThat(get.lines()).hasSize(1);
    assertThat(get.err()).isEmpty();
    assertThat(send(HttpRequest.newBuilder(URI.create(get.out().strip())).build()))
        .isEqualTo("200 hello");
    Ran delete = run("presign", "--method", "delete", "--expires", "10m", URL + "/a b#c.txt");
    send(HttpRequest.newBuilder(URI.create(delete.out().strip())).DELETE().build());
    run("stat", URL + "/a b#c.txt").hasCode(ExitCode.NOT_FOUND);
  }

  private static String send(HttpRequest request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var answer = client.send(request, BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body();
    }
  }

  @Test
  void aPresignedUrlLastsSevenDaysAtMost() throws Exception {
    run("presign", "--expires", "7d", URL + "/k").hasCode(ExitCode.OK);
    run("presign", "--expires", "8d", URL + "/k").hasCode(ExitCode.USAGE).saysOneLine("1s to 7d");
    run("presign", "--expires", "604801", URL + "/k").hasCode(ExitCode.USAGE);
    run("presign", "--expires", "0", URL + "/k").hasCode(ExitCode.USAGE);
    run("presign", "--expires", "soon", URL + "/k").hasCode(ExitCode.USAGE).says("write it like");
    run("presign", "file:///tmp/k").hasCode(ExitCode.BUCKET).saysOneLine("a directory has no URLs");
  }
}
