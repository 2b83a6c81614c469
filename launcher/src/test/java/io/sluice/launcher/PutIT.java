package io.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pipes and files become objects: whole, or not at all and with nothing left of them. */
final class PutIT extends StreamScene {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final byte[] BYTES = bytes(1, 17 * MIB + 77);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat in | $SLUICE put $URL/d/k -s 5M",
        "$SLUICE put - $URL/d/k < in",
        "$SLUICE put in $URL/d/k",
        "$SLUICE put -b models in d/k",
        "cat in | $SLUICE put -b models -k d/k",
        "$SLUICE put --bucket models --key d/k --path in -c 3 --retries 2",
        "cat in | $SLUICE put -p /dev/stdin $URL/d/k --partsize 5242880",
        "mkfifo pipe; cat in > pipe & $SLUICE put pipe $URL/d/k",
      })
  void bytesGoInInWhateverWayTheyAreNamed(String script) throws Exception {
    file("in", BYTES);
    expect(0, shell(script), "duration: ", "17.0 MiB");
    expect(0, shell("$SLUICE get $URL/d/k | cmp - in"));
    assertThat(server().pending(BUCKET)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5 * MIB, 10 * MIB})
  void sizesAtTheEdges(int size) throws Exception {
    file("in", bytes(2, size));
    expect(0, shell("cat in | $SLUICE put -s 5M $URL/pipe && $SLUICE put in $URL/file"));
    expect(0, shell("$SLUICE get $URL/pipe | cmp - in && $SLUICE get $URL/file | cmp - in"));
    assertThat(server().pending(BUCKET)).isEmpty();
  }

  /** The main use. */
  @Test
  void aDirectoryGoesInAndComesOutAsATar() throws Exception {
    Files.createDirectories(scratch.resolve("tree/below"));
    file("tree/a", bytes(1, 3 * MIB));
    file("tree/below/b", bytes(2, 9 * MIB));
    expect(0, shell("tar c tree | $SLUICE put -q -s 5M - $URL/tree.tar"));
    expect(
        0,
        shell("mkdir out && $SLUICE get -q $URL/tree.tar | tar x -C out && diff -r tree out/tree"));
  }

  @Test
  void partsGoUpWhileInputStillArrives() throws Exception {
    file("in", bytes(3, 12 * MIB));
    SluiceProcess put = shell("mkfifo more; (cat in; cat more) | $SLUICE put -s 5M $URL/k");
    awaitParts(2, put);
    expect(0, shell("echo -n end > more"));
    expect(0, put);
    expect(0, shell("$SLUICE get $URL/k | tail -c 3"), "end");
  }

  @Test
  void attributesAreKept() throws Exception {
    file("in", bytes(1, 10));
    expect(
        0,
        shell(
            "$SLUICE put in $URL/k --content-type text/x-y -m Colour:blue -m"
                + " Cache-Control:no-cache"));
    expect(
        0,
        shell("$SLUICE get $URL/k /dev/null --debug"),
        "content-type: text/x-y",
        "x-amz-meta-colour: blue",
        "cache-control: no-cache");
  }

  @Test
  void whatIsThereStaysWhereThatIsTheCondition() throws Exception {
    file("in", BYTES);
    expect(0, shell("cat in | $SLUICE put --if-absent $URL/k"));
    file("other", bytes(9, 6 * MIB));
    expect(12, shell("cat other | $SLUICE put -s 5M --if-absent $URL/k"), "k");
    expect(12, shell("$SLUICE put other --if-match 0123 $URL/k"), "k");
    expect(0, shell("$SLUICE get $URL/k | cmp - in"));
    assertThat(server().pending(BUCKET)).isEmpty();
    expect(
        0,
        shell(
            "etag=$($SLUICE get $URL/k /dev/null --json 2>&1 | sed"
                + " 's/.*\"etag\":\"\\([^\"]*\\)\".*/\\1/'); $SLUICE put other --if-match \"$etag\""
                + " $URL/k && $SLUICE get $URL/k | cmp - other"));
  }

  @Test
  void inputsThatCannotBeAreRefusedAndNothingIsBegun() throws Exception {
    expect(11, shell("$SLUICE put missing $URL/k"), "there is no such file");
    Files.createDirectory(scratch.resolve("directory"));
    expect(11, shell("$SLUICE put directory $URL/k"), "is a directory");
    expect(11, shell("$SLUICE put $URL/k < directory"), "standard input");
    file("in", BYTES);
    expect(3, shell("$SLUICE put in s3://no-such-bucket/k"), "no-such-bucket");
    expect(3, shell("cat in | $SLUICE put -s 5M s3://no-such-bucket/k"), "no-such-bucket");
    assertThat(server().parts()).isEqualTo(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "put",
        "put in",
        "put s3://models",
        "put s3://models/k in",
        "put in s3://models/k -s 2G",
        "put in s3://models/k --memory 1M",
        "put in s3://models/k --if-absent --if-match x",
        "put in s3://models/k -m colour",
        "put in s3://models/k -m x-amz-server-side-encryption:AES256",
      })
  void whatIsWrittenWronglyIsAUsageError(String arguments) throws Exception {
    SluiceProcess process = shell("$SLUICE " + arguments + " < /dev/null");
    expect(2, process);
    assertThat(process.lines()).hasSize(1);
  }

  @Test
  void interruptedInTheMiddleItLeavesNoUpload() throws Exception {
    file("in", bytes(3, 12 * MIB));
    Attempts.untilUndisturbed(
        () -> {
          int before = server().parts();
          String key = "k" + System.nanoTime();
          // The input says nothing more: nobody may wait for it. What holds the pipe open reads
          // none
          // of it, and ends with the command.
          SluiceProcess put =
              shell(
                  "rm -f more; mkfifo more; (exec 9> more; cat in >&9; exec tail --pid=$$ -f /dev/null)"
                      + " & exec $SLUICE put -s 5M $URL/"
                      + key
                      + " < more");
          awaitParts(before + 2, put);
          assertThat(server().pending(BUCKET)).contains(key);
          put.signal("INT");
          expect(130, put);
          expect(7, shell("$SLUICE get $URL/" + key));
          return hasLeftNothing(key, put);
        });
  }

  private void awaitParts(int count, SluiceProcess put) throws Exception {
    Await.until(LIMIT, () -> server().parts() >= count, () -> "no parts: " + put.output());
  }

  /** False where the machine was too busy to undo it in time, which it has said. */
  private boolean hasLeftNothing(String key, SluiceProcess put) throws Exception {
    if (put.hasLeftSomething()) return false;
    // The server may still be at it when the process ends.
    Await.until(LIMIT, () -> !server().pending(BUCKET).contains(key), put::output);
    return true;
  }

  /** The end of a writer that died of Ctrl-C is not the end of the object. */
  @Test
  void ctrlCInAPipelineLeavesTheObjectThatIsThere() throws Exception {
    file("in", bytes(3, 12 * MIB));
    byte[] old = bytes(4, 10);
    file("old", old);
    Attempts.untilUndisturbed(
        () -> {
          int before = server().parts();
          String key = "k" + System.nanoTime();
          server().put(BUCKET, key, old);
          SluiceProcess put = group("(cat in; sleep 60) | $SLUICE put -s 5M $URL/" + key);
          awaitParts(before + 2, put);
          put.signalGroup("INT");
          expect(130, put);
          // The second where undoing it takes longer than the process waits for.
          assertThat(put.output())
              .containsPattern("sluice: stopped(: nothing was written| before it was done)");
          expect(0, shell("$SLUICE get $URL/" + key + " | cmp - old"));
          return hasLeftNothing(key, put);
        });
  }

  @Test
  void aFileThatChangesWhileItIsSentBecomesNoObject() throws Exception {
    expect(0, shell("truncate -s 70M in")); // shorter files go in one request
    Path in = scratch.resolve("in");
    try (S3Server.Gate gate = server().holdParts()) {
      SluiceProcess put = shell("exec $SLUICE put in $URL/k -s 5M -c 1");
      Await.until(LIMIT, () -> gate.held() > 0, put::output);
      Files.write(in, new byte[1], StandardOpenOption.APPEND);
      gate.open();
      expect(12, put, "in changed while it was sent", "send it again");
    }
    assertThat(server().pending(BUCKET)).isEmpty();
    expect(7, shell("$SLUICE get $URL/k"));
  }

  /** The writer of a pipe that fails is the shell's to notice; what it wrote is all there is. */
  @Test
  void aPartThatIsRefusedEndsItAndLeavesNoUpload() throws Exception {
    file("in", BYTES);
    server().refuseParts(true);
    expect(3, shell("cat in | $SLUICE put -s 5M $URL/k"), "sluice: ");
    assertThat(server().pending(BUCKET)).isEmpty();
  }
}
