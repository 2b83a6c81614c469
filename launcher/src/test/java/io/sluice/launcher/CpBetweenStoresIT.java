package io.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.launcher.cli.ExitCode;
import io.sluice.store.testkit.GoProgram;
import io.sluice.store.testkit.GoServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code sluice cp} from one kind of store to another, and within a real server. */
final class CpBetweenStoresIT extends CommandScene {
  private static final String URL = "s3://" + BUCKET;

  @Test
  void fromS3ToCloudStorageAndBackTheBytesAreTheSame() throws Exception {
    byte[] large = bytes(1, 25_000_001);
    server().put(BUCKET, "m/large.bin", large);
    server().put(BUCKET, "m/empty", new byte[0]);
    put("m/a b#c/grüße.txt", "hello");
    try (GcsServer gcs = GcsServer.start(scratch.resolve("gcs.log"))) {
      gcs.makeBucket("other");
      Map<String, String> variables = new HashMap<>(server().environment());
      variables.remove("AWS_ENDPOINT_URL");
      variables.put("STORAGE_EMULATOR_HOST", gcs.url().toString());
      String here = server().url();
      runWith(
              variables,
              "cp",
              "-r",
              "--endpoint-url",
              here,
              "-m",
              "color:green",
              URL + "/m",
              "gs://other/m")
          .hasCode(ExitCode.OK);
      assertThat(runWith(variables, "ls", "-r", "gs://other").lines()).hasSize(3);
      assertThat(runWith(variables, "stat", "--json", "gs://other/m/large.bin").out())
          .contains("\"size\": 25000001", "green");
      runWith(variables, "cp", "-r", "--endpoint-url", here, "gs://other/m", URL + "/back")
          .hasCode(ExitCode.OK);
      runWith(variables, "rm", "-r", "-y", "gs://other/m").hasCode(ExitCode.OK);
      assertThat(runWith(variables, "ls", "-r", "gs://other").out()).isEmpty();
    }
    Path down = scratch.resolve("down");
    run("cp", "-r", URL + "/back", down.toString()).hasCode(ExitCode.OK);
    assertThat(Files.readAllBytes(down.resolve("large.bin"))).isEqualTo(large);
    assertThat(down.resolve("empty")).isEmptyFile();
    assertThat(down.resolve("a b#c/grüße.txt")).hasContent("hello");
  }

  @Test
  void minioCopiesBetweenItsBucketsWithTagsAndAll() throws Exception {
    Map<String, String> root =
        Map.of("MINIO_ROOT_USER", "test-key", "MINIO_ROOT_PASSWORD", "test-secret");
    String data = Files.createDirectories(scratch.resolve("minio")).toString();
    // Buckets of its file system are directories.
    Files.createDirectories(Path.of(data, "first"));
    Files.createDirectories(Path.of(data, "second"));
    try (GoServer minio =
        GoServer.start(
            GoProgram.MINIO,
            port -> List.of("server", "--address", "127.0.0.1:" + port, data),
            root,
            scratch.resolve("minio.log"))) {
      Map<String, String> variables =
          Map.of(
              "AWS_ENDPOINT_URL", minio.url().toString(),
              "AWS_ACCESS_KEY_ID", "test-key",
              "AWS_SECRET_ACCESS_KEY", "test-secret");
      Path file = Files.write(scratch.resolve("f"), bytes(3, 70_000_000)); // in parts
      runWith(
              variables,
              "cp",
              "--tag",
              "team=a b",
              "--content-type",
              "model/x",
              file.toString(),
              "s3://first/a/x b#c")
          .hasCode(ExitCode.OK);
      runWith(variables, "cp", "-r", "--if-absent", "s3://first", "s3://second/p")
          .hasCode(ExitCode.OK);
      runWith(variables, "cp", "-r", "--if-absent", "s3://first", "s3://second/p")
          .hasCode(ExitCode.CHANGED);
      assertThat(runWith(variables, "stat", "--json", "s3://second/p/a/x b#c").out())
          .contains("model/x", "\"team\": \"a b\"", "70000000");
      assertThat(runWith(variables, "ls", "-r", "--tags", "s3://second").out())
          .contains("{team=a b}");
      runWith(variables, "cp", "s3://second/p/a/x b#c", scratch.resolve("g").toString())
          .hasCode(ExitCode.OK);
      assertThat(Files.mismatch(file, scratch.resolve("g"))).isEqualTo(-1);
      runWith(variables, "rm", "-r", "-y", "s3://first", "s3://second").hasCode(ExitCode.OK);
      assertThat(runWith(variables, "ls", "-r", "--hidden", "s3://second").out()).isEmpty();
      runWith(variables, "rm", "s3://none-such/k")
          .hasCode(ExitCode.BUCKET)
          .saysOneLine("none-such");
    }
  }
}
