package io.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.launcher.cli.ExitCode;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All that can be wrong about an upload: one line that says what to do, a code, nothing lost. */
final class UploadBadInputIT extends UploadScene {
  private static final String OBJECT = "s3://" + BUCKET + "/" + KEY;

  @AfterEach
  void requireNothingPending() {
    assertThat(server().pending(BUCKET)).isZero();
  }

  private void assertRefused(SluiceProcess process, ExitCode code, String... said)
      throws Exception {
    assertExit(process, code, said);
    assertThat(process.lines()).as(process.output()).hasSize(1);
    assertThat(process.output()).startsWith("sluice: ");
    assertThat(server().parts()).isZero();
  }

  @Test
  void aFileThatIsNone() throws Exception {
    file = scratch.resolve("none");
    assertRefused(
        sluice(starting(OBJECT, server().url())), ExitCode.LOCAL, "there is no file", "none");
    file = scratch;
    assertRefused(sluice(starting(OBJECT, server().url())), ExitCode.LOCAL, "is a directory");
    assertThat(state).doesNotExist();
  }

  @Test
  void aStateFileThatIsThereAlready() throws Exception {
    Files.writeString(state, "mine");
    assertRefused(
        sluice(starting(OBJECT, server().url())),
        ExitCode.STATE,
        "already",
        goOn(),
        "--state-file");
    assertThat(state).hasContent("mine");
  }

  @Test
  void partSizesThatNoStoreTakes() throws Exception {
    String[] small = {
      "upload", file.toString(), OBJECT, "--state-file", state.toString(), "--part-size", "4MiB"
    };
    assertRefused(sluice(small), ExitCode.USAGE, "5 MiB to 5 GiB");
    assertThat(state).doesNotExist();
  }

  @Test
  void anObjectThatIsNone() throws Exception {
    assertRefused(
        sluice("upload", "start", file.toString(), "--state-file", state.toString()),
        ExitCode.USAGE,
        "no object");
    assertRefused(
        sluice("upload", "start", "-b", BUCKET, "-f", file.toString(), "--state-file", "x"),
        ExitCode.USAGE,
        "no key");
    assertRefused(
        sluice("upload", "start", file.toString(), "s3://" + BUCKET, "--state-file", "x"),
        ExitCode.USAGE,
        "names a bucket, and no object in it");
    assertRefused(
        sluice("upload", "start", file.toString(), OBJECT), ExitCode.USAGE, "--state-file");
  }

  @Test
  void aBucketThatIsNoneLeavesNoState() throws Exception {
    SluiceProcess upload = sluice(starting("s3://nobucket/" + KEY, server().url()));
    assertExit(upload, ExitCode.BUCKET, "nobucket");
    assertThat(state).doesNotExist();
  }

  @Test
  void statesThatAreNone() throws Exception {
    assertRefused(resume(), ExitCode.STATE, "no state file", "check --state-file");
    Files.writeString(state, "{\"s3_bucket\":");
    assertRefused(resume(), ExitCode.STATE, "is damaged");
    Files.writeString(state, "");
    assertRefused(resume(), ExitCode.STATE, "is empty");
    assertRefused(
        sluice("upload", "status", "--state-file", state.toString()), ExitCode.STATE, "is empty");
    assertRefused(
        sluice("upload", "abort", "--state-file", state.toString()), ExitCode.STATE, "is empty");
    for (String command : List.of("abort", "status"))
      assertRefused(
          sluice("upload", command, "--state-file", state.toString(), "-b", "other"),
          ExitCode.USAGE,
          "leave --bucket out");
  }

  @Test
  void anUploadThatIsGoneAtTheServer() throws Exception {
    server().holdPartsAfter(1);
    SluiceProcess upload = sluice(starting(OBJECT, server().url()));
    Await.until(SOON, () -> server().held() == 1, upload::output);
    upload.signal("KILL");
    upload.awaitExit();
    server().letGo();
    String[] here = {"upload", "abort", "-b", BUCKET, "-k", KEY, "--endpoint-url", server().url()};
    assertExit(sluice(here), ExitCode.OK);
    assertExit(
        resume(), ExitCode.STATE, "has no upload", "sluice upload abort --state-file " + state);
    assertThat(state).exists();
    assertExit(sluice("upload", "abort", "--state-file", state.toString()), ExitCode.OK);
    assertThat(state).doesNotExist();
  }
}
