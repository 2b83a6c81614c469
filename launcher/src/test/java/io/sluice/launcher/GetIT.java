package io.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects come out, through pipes and as files; or a clear line does, and nothing else. */
final class GetIT extends StreamScene {
  private static final byte[] BYTES = bytes(1, 20 * MIB + 77);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$SLUICE get $URL/d/k > out",
        "$SLUICE get $URL/d/k - | cat > out",
        "$SLUICE get $URL/d/k out",
        "$SLUICE get -b models d/k out --partsize 1M -c 3",
        "$SLUICE get -b models -k d/k > out",
        "$SLUICE get --bucket models --key d/k --path out --no-md5 --retries 3",
        "$SLUICE get -b s3://models/d -k k -p /dev/stdout | cat > out",
      })
  void anObjectComesOutInWhateverWayItIsNamed(String script) throws Exception {
    server().put(BUCKET, "d/k", BYTES);
    expect(0, shell(script), "duration: ", "20.0 MiB");
    assertThat(read("out")).isEqualTo(BYTES);
    requireNoParts();
  }

  /** The file of a redirection keeps what is in it. */
  @ParameterizedTest
  @ValueSource(strings = {"/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"})
  void theStandardOutputHasOtherNames(String name) throws Exception {
    server().put(BUCKET, "k", new byte[] {'b'});
    file("out", new byte[] {'a'});
    expect(0, shell("$SLUICE get -p " + name + " $URL/k >> out"));
    assertThat(read("out")).containsExactly('a', 'b');
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_537})
  void smallObjectsAndEmptyOnes(int size) throws Exception {
    server().put(BUCKET, "k", bytes(2, size));
    expect(0, shell("$SLUICE get $URL/k > out && $SLUICE get $URL/k file"));
    assertThat(read("out")).isEqualTo(bytes(2, size));
    assertThat(read("file")).isEqualTo(bytes(2, size));
  }

  @Test
  void keysAreVerbatim() throws Exception {
    for (String key : List.of("a b#c%20?", "é/ü"))
      server().put(BUCKET, key, key.getBytes(StandardCharsets.UTF_8));
    expect(0, shell("$SLUICE get $URL/é/ü"), "é/ü");
    expect(0, shell("$SLUICE get -b models 'a b#c%20?'"), "a b#c%20?");
  }

  @Test
  void dataIsOnStdoutAndNothingElse() throws Exception {
    server().put(BUCKET, "k", BYTES);
    expect(0, shell("$SLUICE get $URL/k --debug 2> err > out"));
    assertThat(read("out")).isEqualTo(BYTES);
    // The object's headers are there for whoever wants to know. (G50)
    assertThat(Files.readString(scratch.resolve("err"))).contains("etag: ", "content-length: ");
    expect(0, shell("$SLUICE get $URL/k --quiet 2> err > out"));
    assertThat(read("err")).isEmpty();
  }

  @Test
  void programsReadTheResult() throws Exception {
    server().put(BUCKET, "k", BYTES);
    expect(
        0,
        shell("$SLUICE get $URL/k out --json"),
        "{\"event\":\"done\",\"task\":\"get\",\"bytes\":20971597,",
        "\"object\":\"s3://models/k\"",
        "\"etag\":\"",
        "\"checksum\":\"md5:");
    expect(
        7,
        shell("$SLUICE get $URL/missing out --json"),
        "{\"event\":\"failed\",\"task\":\"get\",",
        "\"code\":7");
  }

  @Test
  void otherBytesThanTheChecksumsAreNoFileAndTheOldOneStays() throws Exception {
    server().put(BUCKET, "k", BYTES);
    file("out", bytes(3, 10));
    server().flipGets(true);
    expect(8, shell("$SLUICE get $URL/k out"), "their MD5 is", "fetch it again");
    assertThat(read("out")).isEqualTo(bytes(3, 10));
    requireNoParts();
    expect(8, shell("$SLUICE get $URL/k > /dev/null"), "their MD5 is");
    expect(0, shell("$SLUICE get $URL/k --no-verify > /dev/null"), "not compared");
  }

  /** Both places, and the bucket of s3gof3r's documents. (G36) */
  @ParameterizedTest
  @ValueSource(
      strings = {"models .md5/d/k.md5", "models .md5/models/d/k.md5", "models.md5 d/k.md5"})
  void theMd5ThatS3gof3rKeepsIsCompared(String place) throws Exception {
    expect(0, shell("head -c 12M /dev/urandom | tee in | $SLUICE put -s 5M $URL/d/k"));
    server().makeBucket("models.md5");
    String bucket = place.substring(0, place.indexOf(' '));
    String key = place.substring(place.indexOf(' ') + 1);
    server().put(bucket, key, md5(read("in")).getBytes(StandardCharsets.US_ASCII));
    expect(0, shell("$SLUICE get $URL/d/k out"), "checksum md5:" + md5(read("in")));
    assertThat(read("out")).isEqualTo(read("in"));
    server().put(bucket, key, md5(BYTES).getBytes(StandardCharsets.US_ASCII));
    expect(8, shell("$SLUICE get $URL/d/k other"), "should be " + md5(BYTES));
    assertThat(scratch.resolve("other")).doesNotExist();
  }

  private static String md5(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
  }

  @Test
  void whatIsNotThereIsSaidAndLeavesNothing() throws Exception {
    file("out", bytes(3, 10));
    expect(7, shell("$SLUICE get $URL/missing out"), "sluice: ", "missing");
    assertThat(read("out")).isEqualTo(bytes(3, 10)); // (G76, T43)
    expect(7, shell("$SLUICE get $URL/missing > empty"), "missing");
    assertThat(read("empty")).isEmpty();
    expect(3, shell("$SLUICE get s3://no-such-bucket/k"), "no-such-bucket");
  }

  @Test
  void targetsThatCannotBeAreRefused() throws Exception {
    server().put(BUCKET, "k", BYTES);
    Files.createDirectory(scratch.resolve("directory"));
    expect(11, shell("$SLUICE get $URL/k directory"), "is a directory");
    expect(11, shell("$SLUICE get $URL/k no/such"), "there is no directory");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "get",
        "get k",
        "get -k k",
        "get s3://models",
        "get s3://models/k a b",
        "get s3://models/k s3://models/l",
        "get -b models s3://models/k",
        "get s3://models/k -s 1",
        "get s3://models/k -c 1000",
        "get s3://models/k -p a b",
      })
  void whatIsWrittenWronglyIsAUsageError(String arguments) throws Exception {
    SluiceProcess process = shell("$SLUICE " + arguments);
    expect(2, process);
    assertThat(process.lines()).hasSize(1);
  }

  /** A reader that has enough is not waited for. */
  @Test
  void aBrokenPipeEndsItAtOnce() throws Exception {
    server().put(BUCKET, "k", BYTES);
    expect(11, shell("$SLUICE get $URL/k | head -c 10 > out"), "Broken pipe");
  }

  @Test
  void aFullDiskLeavesNothing() throws Exception {
    server().put(BUCKET, "k", BYTES);
    Path disk = Files.createDirectory(scratch.resolve("disk"));
    expect(0, shell("mount -t tmpfs -o size=4M tmpfs disk"));
    try {
      expect(11, shell("$SLUICE get $URL/k disk/k"), "make room");
      expect(11, shell("$SLUICE get $URL/k > disk/k"), "No space left on device");
      Files.delete(disk.resolve("k"));
      assertThat(disk).isEmptyDirectory();
    } finally {
      expect(0, shell("umount disk"));
    }
  }

  @Test
  void refusedRequestsEndIt() throws Exception {
    server().put(BUCKET, "k", BYTES);
    server().refuseGets(true);
    expect(3, shell("$SLUICE get $URL/k out"), "sluice: ");
    assertThat(scratch.resolve("out")).doesNotExist();
  }

  /** Where all its requests are under way. */
  @Test
  void interruptedItEndsWithinASecondAndLeavesNothing() throws Exception {
    server().put(BUCKET, "k", BYTES);
    Attempts.untilUndisturbed(
        () -> {
          SluiceProcess get = interrupted();
          if (get.hasLeftSomething()) {
            expect(0, shell("rm -f out .*.part *.part"));
            return false;
          }
          assertThat(scratch.resolve("out")).doesNotExist();
          requireNoParts();
          return true;
        });
  }

  private SluiceProcess interrupted() throws Exception {
    try (S3Server.Gate gate = server().holdGets()) {
      int before = gate.held();
      SluiceProcess get = shell("exec $SLUICE get $URL/k out -s 1M");
      Await.until(Duration.ofSeconds(60), () -> gate.held() >= before + 8, () -> "not asked for");
      long start = System.nanoTime();
      get.signal("INT");
      expect(130, get);
      // Thirty times what it may take: this machine has other things to do.
      assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(30);
      return get;
    }
  }
}
