package io.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.launcher.cli.ExitCode;
import io.sluice.store.ObjectAttributes;
import io.sluice.store.ObjectStore;
import io.sluice.store.Part;
import io.sluice.store.Payload;
import io.sluice.store.UploadId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Uploads by the program as a process, which is killed, stopped and cut off on its way. */
final class UploadIT extends UploadScene {
  private static final String OBJECT = "s3://" + BUCKET + "/" + KEY;

  private SluiceProcess begin(String... more) throws IOException {
    return sluice(starting(OBJECT, server().url(), more));
  }

  private void requireDone() throws Exception {
    assertThat(server().object(BUCKET, KEY)).isEqualTo(Files.readAllBytes(file));
    assertThat(state).doesNotExist();
    assertThat(server().pending(BUCKET)).isZero();
  }

  /** So many parts are there, the next one is on its way, and the process is killed. */
  private void killAfter(int parts) throws Exception {
    server().holdPartsAfter(parts);
    SluiceProcess upload = begin();
    Await.until(SOON, () -> server().held() >= 1, upload::output);
    upload.signal("KILL");
    upload.awaitExit();
    server().letGo();
    assertThat(state).exists();
  }

  @Test
  void anUploadIsWhatWasInTheFile() throws Exception {
    SluiceProcess upload = begin("-c", "4", "--content-type", "model/x");
    assertThat(upload.awaitExit()).isEqualTo(ExitCode.USAGE.number()); // -c is given twice
    upload = sluice(starting(OBJECT, server().url(), "--content-type", "model/x"));
    assertExit(
        upload,
        ExitCode.OK,
        "began the upload",
        "5 parts of 5242880 bytes, 5 of them to be sent",
        "is sent: part 5 of 5 (1000000 bytes)",
        OBJECT,
        "etag");
    requireDone();
  }

  @Test
  void afterAKillOnlyWhatIsMissingIsSent() throws Exception {
    killAfter(2);
    assertExit(
        sluice("upload", "status", "--state-file", state.toString()),
        ExitCode.OK,
        "10.0 MiB of 21.0 MiB (47.7 %), 2 of 5 parts",
        "at store: ");
    int sent = server().parts();
    assertExit(resume(), ExitCode.OK, "3 of them to be sent");
    assertThat(server().parts() - sent).isEqualTo(3);
    requireDone();
  }

  @Test
  void afterAKillInTheFirstPartItCanBeAborted() throws Exception {
    killAfter(0);
    assertThat(server().pending(BUCKET)).isEqualTo(1);
    SluiceProcess abort = sluice("upload", "abort", "--state-file", state.toString());
    assertExit(abort, ExitCode.OK, "is aborted", "is removed");
    assertThat(server().pending(BUCKET)).isZero();
    assertThat(state).doesNotExist();
  }

  @Test
  void afterAKillWhoseCompletionWasDoneNothingIsSentAgain() throws Exception {
    server().holdAnswerToComplete();
    SluiceProcess upload = begin();
    Await.until(SOON, () -> server().held() >= 1, upload::output);
    upload.signal("KILL");
    upload.awaitExit();
    server().letGo();
    int sent = server().parts();
    assertExit(resume(), ExitCode.OK, OBJECT);
    assertThat(server().parts()).isEqualTo(sent);
    requireDone();
  }

  @Test
  void aByteThatChangedInWhatWasSentIsRefused() throws Exception {
    killAfter(2);
    byte[] bytes = Files.readAllBytes(file);
    bytes[PART + 7] ^= 1;
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_800_000_000_000L));
    int sent = server().parts();
    assertExit(
        resume(),
        ExitCode.CHANGED,
        "is not what was sent: bytes 5242880..10485760 (part 2) are others now",
        "sluice upload abort --state-file " + state);
    assertExit(resume("--json"), ExitCode.CHANGED, "{\"event\":\"failed\",", "\"code\":12");
    assertThat(server().parts()).isEqualTo(sent);
    assertThat(server().pending(BUCKET)).isEqualTo(1);
    assertThat(state).exists();
    bytes[PART + 7] ^= 1;
    var moved = Files.write(scratch.resolve("moved.bin"), bytes);
    Files.delete(file);
    assertExit(resume(), ExitCode.LOCAL, "there is no file", "--file");
    assertExit(resume("--file", moved.toString()), ExitCode.OK, "compared with the 2 parts");
    file = moved;
    requireDone();
  }

  @Test
  void twoResumesAtOnceAreRefused() throws Exception {
    killAfter(1);
    server().holdPartsAfter(0);
    SluiceProcess first = resume();
    Await.until(SOON, () -> server().held() >= 2, first::output);
    assertExit(resume(), ExitCode.IN_USE, "another process works on the upload");
    server().letGo();
    assertExit(first, ExitCode.OK);
    requireDone();
  }

  @Test
  void aStopLeavesAStateAndSaysHowToGoOn() throws Exception {
    server().holdPartsAfter(2);
    SluiceProcess upload = begin();
    Await.until(SOON, () -> server().held() >= 1, upload::output);
    upload.signal("INT");
    assertThat(upload.awaitExit()).isEqualTo(130);
    assertThat(upload.output()).contains("stopped with 2 of 5 parts sent: go on with " + goOn());
    server().letGo();
    assertExit(resume(), ExitCode.OK);
    requireDone();
  }

  @Test
  void anOutageEndsWithTheCommandThatGoesOnOrIsWaitedOut() throws Exception {
    server().holdPartsAfter(2);
    SluiceProcess upload = begin();
    Await.until(SOON, () -> server().held() >= 1, upload::output);
    server().breakParts(true);
    server().letGo();
    assertExit(upload, ExitCode.BUCKET, "2 of 5 parts are there: go on with " + goOn());
    SluiceProcess waiting =
        sluice("upload", "resume", "--state-file", state.toString(), "--patience", "10m");
    Await.until(SOON, () -> waiting.output().contains("again in 1 s"), waiting::output);
    server().breakParts(false);
    assertExit(waiting, ExitCode.OK);
    requireDone();
  }

  @Test
  void emptyAndSmallFilesAreOneRequestAndLeaveNoState() throws Exception {
    for (int size : new int[] {0, 1, PART}) {
      Files.write(file, bytes(size));
      assertExit(begin(), ExitCode.OK, OBJECT);
      requireDone();
    }
    assertThat(server().parts()).isZero();
  }

  @Test
  void theOriginalsSpellingsAndItsStateAreUnderstood() throws Exception {
    byte[] part = java.util.Arrays.copyOf(Files.readAllBytes(file), PART);
    UploadId begun;
    Part first;
    try (ObjectStore other = server().open(BUCKET)) {
      begun = other.uploads().create(KEY, ObjectAttributes.NONE);
      first = other.uploads().put(begun, 1, Payload.of(part));
    }
    Files.writeString(
        state,
        """
        {"s3_bucket":"%s","s3_key":"%s","file_to_upload":"%s","file_size_in_bytes":%d,
         "part_size":%d,"number_of_parts":5,"upload_id":"%s","last_successful_part":1,
         "completed_parts":[{"e_tag":"%s","checksum_crc32":null,"checksum_crc32_c":null,
          "checksum_sha1":null,"checksum_sha256":null,"part_number":1}]}
        """
            .formatted(BUCKET, KEY, file, SIZE, PART, begun.id(), "\\\"" + first.tag() + "\\\""));
    int sent = server().parts();
    assertExit(
        resume("--endpoint-url", server().url()), ExitCode.OK, "is written anew", "4 of them");
    assertThat(server().parts() - sent).isEqualTo(4);
    requireDone();
    assertExit(
        sluice(
            "upload",
            "--s3-bucket",
            BUCKET,
            "--s3-key",
            "other",
            "--file-to-upload",
            file.toString(),
            "--state-file",
            state.toString(),
            "--endpoint-url",
            server().url()),
        ExitCode.OK,
        "s3://" + BUCKET + "/other");
    assertThat(server().has(BUCKET, "other")).isTrue();
  }

  @Test
  void uploadsWithoutAStateAreListedAndAborted() throws Exception {
    UploadId second;
    try (ObjectStore other = server().open(BUCKET)) {
      UploadId first = other.uploads().create(KEY, ObjectAttributes.NONE);
      other.uploads().put(first, 1, Payload.of(bytes(PART)));
      second = other.uploads().create(KEY, ObjectAttributes.NONE);
    }
    String[] here = {"-b", BUCKET, "-k", KEY, "--endpoint-url", server().url()};
    assertExit(upload("status", here), ExitCode.OK, second.id());
    assertExit(upload("abort", here), ExitCode.USAGE, "2 uploads are pending", second.id());
    assertExit(upload("abort", here, "--upload-id", "TYPO"), ExitCode.NOT_FOUND, "no upload TYPO");
    assertExit(upload("abort", here, "--abort-older-than", "7d"), ExitCode.NOT_FOUND, "as old");
    assertThat(server().pending(BUCKET)).isEqualTo(2);
    assertExit(upload("abort", here, "--upload-id", second.id()), ExitCode.OK, "is aborted");
    assertThat(server().pending(BUCKET)).isEqualTo(1);
    assertExit(upload("abort", here), ExitCode.OK, "is aborted");
    assertThat(server().pending(BUCKET)).isZero();
    assertExit(upload("abort", here), ExitCode.NOT_FOUND, "no upload is pending");
  }

  private SluiceProcess upload(String command, String[] here, String... more) throws IOException {
    var all = new java.util.ArrayList<String>(java.util.List.of("upload", command));
    all.addAll(java.util.List.of(here));
    all.addAll(java.util.List.of(more));
    return sluice(all.toArray(String[]::new));
  }

  @Test
  void aServerThatTheEnvironmentNamedIsRememberedAndItsKeysAreNot() throws Exception {
    server().holdPartsAfter(1);
    var variables = new java.util.HashMap<>(UploadServer.keys());
    variables.put("AWS_ENDPOINT_URL", server().url());
    SluiceProcess upload = sluiceWith(Map.copyOf(variables), starting(OBJECT, ""));
    Await.until(SOON, () -> server().held() >= 1, upload::output);
    upload.signal("KILL");
    upload.awaitExit();
    server().letGo();
    assertThat(Files.readString(state))
        .contains(server().url())
        .doesNotContain(S3Server.SECRET_KEY, S3Server.ACCESS_KEY);
    assertExit(resume(), ExitCode.OK);
    requireDone();
  }
}
