package io.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.launcher.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** All that can be wrong before a mount: one line that says what and what to do, and a code. */
final class BadInputIT extends MountScene {
  private void assertRefused(SluiceProcess process, ExitCode code, String... said)
      throws Exception {
    assertThat(process.awaitExit()).as(process.output()).isEqualTo(code.number());
    assertThat(process.lines()).hasSize(1);
    assertThat(process.output()).startsWith("sluice: ").contains(said);
    assertThat(isMounted()).isFalse();
  }

  private SluiceProcess mountAs(Map<String, String> changes, String... options) throws IOException {
    Map<String, String> variables = new HashMap<>(server().environment());
    variables.putAll(changes);
    String[] arguments = {
      "mount", "-b", BUCKET, "-m", mountPoint.toString(), "--data-dir", dataDirectory().toString()
    };
    String[] all = Arrays.copyOf(arguments, arguments.length + options.length);
    System.arraycopy(options, 0, all, arguments.length, options.length);
    return sluiceWith(variables, all);
  }

  @Test
  void noSuchBucket() throws Exception {
    assertRefused(
        sluice("mount", "-b", "no-such", "-m", mountPoint.toString(), "--data-dir", data()),
        ExitCode.BUCKET,
        "no bucket named no-such",
        "check the name");
  }

  @Test
  void noSuchBucketOnTheServerOfAUrl() throws Exception {
    Map<String, String> elsewhere = new HashMap<>(server().environment());
    elsewhere.put("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
    elsewhere.put("HTTP_PROXY", "http://127.0.0.1:1");
    String url = server().url().replace("http://", "s3+http://") + "/no-such/prefix";
    assertRefused(
        sluiceWith(
            elsewhere, "mount", "-b", url, "-m", mountPoint.toString(), "--data-dir", data()),
        ExitCode.BUCKET,
        "no bucket named no-such");
  }

  private String data() {
    return dataDirectory().toString();
  }

  @Test
  void noCredentials() throws Exception {
    Map<String, String> variables =
        Map.of("AWS_ENDPOINT_URL", server().url(), "AWS_EC2_METADATA_DISABLED", "true");
    assertRefused(
        sluiceWith(
            variables, "mount", "-b", BUCKET, "-m", mountPoint.toString(), "--data-dir", data()),
        ExitCode.BUCKET,
        "no credentials found",
        "AWS_ACCESS_KEY_ID",
        "--no-sign-request");
  }

  @Test
  void wrongSecret() throws Exception {
    assertRefused(
        mountAs(Map.of("AWS_SECRET_ACCESS_KEY", "other")),
        ExitCode.BUCKET,
        "invalid credentials",
        "check the access key");
  }

  @Test
  void unknownAccessKey() throws Exception {
    assertRefused(
        mountAs(Map.of("AWS_ACCESS_KEY_ID", "nobody")), ExitCode.BUCKET, "invalid credentials");
  }

  @Test
  void notSignedWhereThatIsNotAllowed() throws Exception {
    assertRefused(mountAs(Map.of(), "--no-sign-request"), ExitCode.BUCKET, "check the credentials");
  }

  @Test
  void noSuchProfileOfAws() throws Exception {
    assertRefused(mountAs(Map.of(), "--aws-profile", "nobody"), ExitCode.BUCKET, "nobody");
  }

  @Test
  void theProfileOfALoadIsMissing() throws Exception {
    assertRefused(
        mount("--profile", scratch.resolve("none").toString()),
        ExitCode.USAGE,
        "there is no such file",
        "--record",
        "--aws-profile");
  }

  @Test
  void theProfileOfALoadIsNone() throws Exception {
    Path file = Files.writeString(scratch.resolve("p"), "{}\n");
    assertRefused(mount("--profile", file.toString()), ExitCode.USAGE, "is no profile", "--record");
  }

  @Test
  void theProfileOfALoadIsOfANewerSluice() throws Exception {
    Path file = Files.writeString(scratch.resolve("p"), "{\"sluice-profile\":2}\n");
    assertRefused(mount("--profile", file.toString()), ExitCode.USAGE, "has format 2", "again");
  }

  @Test
  void theProfileOfALoadIsOfAnotherBucket() throws Exception {
    Path file =
        Files.writeString(
            scratch.resolve("p"),
            """
            {"sluice-profile":1,"store":"s3://other","recorded":"2026-01-31T12:00:00Z"}
            """);
    assertRefused(
        mount("--profile", file.toString()),
        ExitCode.USAGE,
        "is of s3://other, this is s3://models");
    assertThat(dataDirectory()).doesNotExist();
  }

  @Test
  void theProfileOfALoadHasNothingToWarm() throws Exception {
    Path file =
        Files.writeString(
            scratch.resolve("p"),
            """
            {"sluice-profile":1,"store":"s3://models at %s","recorded":"2026-01-31T12:00:00Z"}
            """
                .formatted(server().url()));
    assertRefused(
        sluice("warm", "-b", BUCKET, "--data-dir", data(), "--profile", file.toString()),
        ExitCode.USAGE,
        "nothing of s3://models was read",
        "record a load");
  }

  @Test
  void aLoadCannotBeRecordedThere() throws Exception {
    assertRefused(
        mount("--record", scratch.resolve("no/p").toString()),
        ExitCode.USAGE,
        "no profile can be written to",
        "make the directory");
  }

  @Test
  void noSuchDirectory() throws Exception {
    assertRefused(
        sluice("mount", "-b", "file:///no/such", "-m", mountPoint.toString(), "--data-dir", data()),
        ExitCode.BUCKET,
        "/no/such",
        "check the directory");
  }

  @Test
  void theMountPointIsMissing() throws Exception {
    Files.delete(mountPoint);
    assertRefused(mount(), ExitCode.MOUNT_POINT, "does not exist", "mkdir");
  }

  @Test
  void theMountPointIsNotEmpty() throws Exception {
    Files.createFile(mountPoint.resolve("file"));
    assertRefused(mount(), ExitCode.MOUNT_POINT, "is not empty", "-o nonempty");
  }

  @Test
  void theMountPointIsAFile() throws Exception {
    Files.delete(mountPoint);
    Files.createFile(mountPoint);
    assertRefused(mount(), ExitCode.MOUNT_POINT, "is not a directory");
  }

  @Test
  void somethingOfOursIsMountedThere() throws Exception {
    SluiceProcess first = mounted();
    String elsewhere = scratch.resolve("data2").toString();
    SluiceProcess second =
        sluice("mount", "-b", BUCKET, "-m", mountPoint.toString(), "--data-dir", elsewhere);
    assertThat(second.awaitExit()).isEqualTo(ExitCode.MOUNT_POINT.number());
    assertThat(second.lines()).hasSize(1);
    assertThat(second.output()).contains("is already a mount of s3://models", "sluice umount");
    assertThat(isMounted()).isTrue();
    first.stop();
  }

  @Test
  void nothingIsMountedWhereItIsToBeUnmounted() throws Exception {
    assertRefused(
        sluice("umount", mountPoint.toString()), ExitCode.MOUNT_POINT, "nothing is mounted at");
  }

  @Test
  void theDataDirectoryIsAFile() throws Exception {
    Files.createFile(dataDirectory());
    assertRefused(mount(), ExitCode.DATA_DIR, "data directory " + data(), "--data-dir");
  }

  @Test
  void theDataDirectoryIsOfANewerVersion() throws Exception {
    Files.createDirectories(dataDirectory().resolve("v2"));
    assertRefused(mount(), ExitCode.DATA_DIR, "newer Sluice", "--data-dir");
  }

  @Test
  void anOptionOfTheMountIsUnknown() throws Exception {
    assertRefused(mount("-o", "frobnicate"), ExitCode.USAGE, "-o frobnicate");
    assertRefused(mount("-o", "rw"), ExitCode.USAGE, "-o rw", "read-only");
  }

  @Test
  void anOptionIsUnknown() throws Exception {
    assertRefused(mount("--frobnicate"), ExitCode.USAGE, "--frobnicate", "sluice mount --help");
  }

  @Test
  void theSizeOfTheCacheIsNonsense() throws Exception {
    assertRefused(mount("--cache-size", "lots"), ExitCode.USAGE, "write it like 10G");
  }

  @Test
  void aTraceIsShownOnlyToWhoeverAsksForIt() throws Exception {
    SluiceProcess process =
        sluice(
            "mount",
            "-b",
            "no-such",
            "-m",
            mountPoint.toString(),
            "--data-dir",
            data(),
            "--log-level",
            "debug");
    assertThat(process.awaitExit()).isEqualTo(ExitCode.BUCKET.number());
    assertThat(process.output()).contains("\tat io.sluice.launcher.");
    assertThat(process.output()).doesNotContain(S3Server.SECRET_KEY);
  }
}
