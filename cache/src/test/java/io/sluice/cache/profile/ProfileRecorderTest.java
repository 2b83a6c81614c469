package io.sluice.cache.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ByteRange;
import io.sluice.store.ObjectVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class ProfileRecorderTest {
  private static final long KIB = 1 << 10;
  private static final long MIB = 1 << 20;
  private static final ObjectVersion A = new ObjectVersion("a", "1", 1024 * MIB);
  private static final ObjectVersion B = new ObjectVersion("b", "1", 1024 * MIB);

  @TempDir Path directory;
  private final Ticks clock = new Ticks();

  private ProfileRecorder recorder() throws ProfileException {
    return ProfileRecorder.open(directory.resolve("profile"), "s3://models", clock);
  }

  private static List<String> entries(ProfileRecorder recorder) {
    return recorder.profile().entries().stream()
        .map(entry -> entry.version().key() + " " + entry.range())
        .toList();
  }

  @Test
  void readsThatGoOnAreOneEntry() throws ProfileException {
    var recorder = recorder();
    for (long piece = 0; piece < 100; piece++) recorder.read(A, piece * 128, 128);
    assertThat(entries(recorder)).containsExactly("a 0..12800");
  }

  @Test
  void piecesThatArriveOutOfOrderAreOneEntry() throws ProfileException {
    var recorder = recorder();
    for (long piece : new long[] {3, 0, 2, 1, 7, 5, 4, 6}) recorder.read(A, piece * 128, 128);
    assertThat(entries(recorder)).containsExactly("a 0..1024");
  }

  @Test
  void whatCameMuchEarlierThanWhatIsBeforeItInTheFileKeepsItsPlace() throws ProfileException {
    var recorder = recorder();
    recorder.read(A, 2000, FileRuns.MOST_AHEAD + 1);
    recorder.read(A, 1000, 1000);
    assertThat(entries(recorder)).containsExactly("a 2000..1050577", "a 1000..2000");
  }

  @Test
  void whatWasNotReadIsNotInAnEntry() throws ProfileException {
    var recorder = recorder();
    recorder.read(A, 0, 100);
    recorder.read(A, 101, 100);
    assertThat(entries(recorder)).containsExactly("a 0..100", "a 101..201");
  }

  @Test
  void entriesStandInTheOrderOfTheirFirstReadWithItsTime() throws ProfileException {
    var recorder = recorder();
    recorder.read(B, 500, 100);
    clock.pass(7);
    recorder.read(A, 0, 100);
    clock.pass(5);
    recorder.read(B, 600, 100);
    recorder.read(B, 0, 100);
    assertThat(entries(recorder)).containsExactly("b 500..700", "a 0..100", "b 0..100");
    assertThat(recorder.profile().entries())
        .extracting(ProfileEntry::millis)
        .containsExactly(0L, 7L, 12L);
  }

  @Test
  void anotherVersionIsAnotherObject() throws ProfileException {
    var recorder = recorder();
    recorder.read(A, 0, 100);
    recorder.read(new ObjectVersion("a", "2", 1000), 100, 100);
    assertThat(recorder.profile().entries())
        .extracting(entry -> entry.version().tag())
        .containsExactly("1", "2");
  }

  @Test
  void noByteIsRecordedTwice() throws ProfileException {
    var recorder = recorder();
    recorder.read(A, 100, 100);
    recorder.read(A, 300, 100);
    recorder.read(A, 150, 20);
    recorder.read(A, 50, 500);
    recorder.read(A, 0, 1000);
    assertThat(entries(recorder)).containsExactly("a 0..1000");
  }

  @Test
  void readersThatGoOnSideBySideStaySideBySide() throws ProfileException {
    var recorder = recorder();
    for (long piece = 0; piece < 32; piece++)
      for (long reader = 0; reader < 2; reader++)
        recorder.read(A, reader * (512 * MIB) + piece * MIB, MIB);
    assertThat(recorder.profile().entries())
        .extracting(entry -> entry.range().start() / MIB)
        .containsExactly(0L, 512L, 16L, 528L);
  }

  @Test
  void whatIsReadMuchLaterStandsInItsOwnPlace() throws ProfileException {
    var recorder = recorder();
    recorder.read(A, 0, 10);
    for (long other = 1; other < FileRuns.MOST_OPEN; other++) recorder.read(A, other * 1000, 10);
    recorder.read(A, 10, 10);
    for (long other = 1; other <= FileRuns.MOST_OPEN; other++)
      recorder.read(A, 100_000 + other * 1000, 10);
    recorder.read(A, 20, 10);
    assertThat(entries(recorder)).startsWith("a 0..20").endsWith("a 20..30");
  }

  @Test
  void whatIsNotInTheObjectDoesNotCount() throws ProfileException {
    var recorder = recorder();
    var small = new ObjectVersion("small", "1", 100);
    recorder.read(small, 50, 4096);
    recorder.read(small, 100, 4096);
    recorder.read(small, 200, Long.MAX_VALUE);
    recorder.read(small, -5, 10);
    recorder.read(small, 0, 0);
    assertThat(entries(recorder)).containsExactly("small 50..100");
  }

  @Test
  void whenThereIsNoRoomForAnotherEntryThoseThatAreThereStillGrow() {
    var recorder = new ProfileRecorder(directory.resolve("profile"), "s3://models", clock, 2);
    recorder.read(A, 0, 10);
    recorder.read(A, 20, 10);
    recorder.read(A, 100, 10);
    recorder.read(B, 0, 10);
    assertThat(entries(recorder)).containsExactly("a 0..10", "a 20..30");
    recorder.read(A, 10, 10);
    assertThat(entries(recorder)).containsExactly("a 0..30");
    recorder.read(B, 0, 10);
    assertThat(entries(recorder)).containsExactly("a 0..30", "b 0..10");
  }

  @Test
  void threadsThatReadTheSameFileLeaveNothingOutAndNothingTwice() throws Exception {
    var recorder = recorder();
    int threads = 8;
    var go = new CountDownLatch(1);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> readers = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        long first = thread;
        readers.add(
            executor.submit(
                () -> {
                  assertThat(go.await(60, TimeUnit.SECONDS)).isTrue();
                  for (long piece = first; piece < 4000; piece += threads / 2)
                    recorder.read(A, piece * (128 * KIB), 128 * KIB);
                  return null;
                }));
      }
      go.countDown();
      for (Future<?> reader : readers) reader.get();
    }
    long end = 0;
    for (ByteRange range :
        recorder.profile().entries().stream()
            .map(ProfileEntry::range)
            .sorted((a, b) -> Long.compare(a.start(), b.start()))
            .toList()) {
      assertThat(range.start()).isEqualTo(end);
      end = range.end();
    }
    assertThat(end).isEqualTo(4000 * 128 * KIB);
  }

  @Test
  void whatIsSavedIsReadBackWhateverTheKeysAre() throws Exception {
    var odd = new ObjectVersion("tab\tline\n\"quote\" ü 🙂 \u2028", "W/\"1\"", 5000);
    Path file = directory.resolve("profile");
    try (var recorder = recorder()) {
      recorder.read(A, 0, MIB);
      clock.pass(1500);
      recorder.read(odd, 5, 10);
      recorder.save();
      assertThat(AccessProfile.read(file, "s3://models")).isEqualTo(recorder.profile());
      recorder.read(B, 0, MIB);
    }
    AccessProfile profile = AccessProfile.read(file, "s3://models");
    assertThat(profile.recorded()).isEqualTo(Ticks.START);
    assertThat(profile.keys()).containsExactly("a", odd.key(), "b");
    assertThat(profile.entries().get(1))
        .isEqualTo(new ProfileEntry(1500, odd, new ByteRange(5, 15)));
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void aProfileIsThereOnlyOnceItIsSaved() throws Exception {
    Path file = directory.resolve("profile");
    Files.writeString(file, "the one before");
    var recorder = recorder();
    recorder.read(A, 0, 10);
    assertThat(file).hasContent("the one before");
    recorder.save();
    assertThat(AccessProfile.read(file, "s3://models").entries()).hasSize(1);
  }

  @Test
  void aPlaceThatCannotBeWrittenIsSaidBeforeAnythingIsRecorded() {
    assertThatThrownBy(() -> ProfileRecorder.open(directory, "s3://models", clock))
        .isInstanceOf(ProfileException.class)
        .hasMessage(directory + " is a directory: give the name of a file for the profile");
    Path missing = directory.resolve("missing/profile");
    assertThatThrownBy(() -> ProfileRecorder.open(missing, "s3://models", clock))
        .isInstanceOf(ProfileException.class)
        .hasMessageContaining("no profile can be written to " + directory.resolve("missing"));
  }

  @Test
  void aDiskThatDoesNotTakeItIsSaid() throws Exception {
    Path inside = Files.createDirectory(directory.resolve("inside"));
    var recorder = ProfileRecorder.open(inside.resolve("profile"), "s3://models", clock);
    Files.delete(inside);
    assertThatThrownBy(recorder::close)
        .isInstanceOf(ProfileException.class)
        .hasMessageStartingWith("cannot write the profile " + inside.resolve("profile"));
  }
}
