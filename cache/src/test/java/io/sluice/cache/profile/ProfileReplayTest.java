package io.sluice.cache.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cache.trace.ReadTrace;
import io.sluice.store.ByteRange;
import io.sluice.store.ObjectVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ProfileReplayTest {
  private static final long MIB = 1 << 20;
  private static final ObjectVersion A = new ObjectVersion("a", "1", 1000 * MIB);
  private static final ObjectVersion B = new ObjectVersion("b", "1", 1000 * MIB);

  /** {@code "a 0 16"}: bytes 0 to 16 of a, in MiB. */
  private static AccessProfile profile(String... lines) {
    List<ProfileEntry> entries = new ArrayList<>();
    for (String line : lines) {
      String[] parts = line.split(" ", -1);
      var range = new ByteRange(Long.parseLong(parts[1]) * MIB, Long.parseLong(parts[2]) * MIB);
      entries.add(new ProfileEntry(0, parts[0].equals("a") ? A : B, range));
    }
    return new AccessProfile("s3://models", Ticks.START, entries);
  }

  private static ProfileReplay replay(String... lines) {
    var replay = new ProfileReplay(profile(lines));
    replay.isNow(A);
    replay.isNow(B);
    return replay;
  }

  private static List<String> next(ProfileReplay replay, long window) {
    List<String> wishes = new ArrayList<>();
    for (Planned wish : replay.next(window * MIB))
      for (ByteRange range : wish.ranges())
        wishes.add(
            "%s %d %d".formatted(wish.version().key(), range.start() / MIB, range.end() / MIB));
    return wishes;
  }

  private static void read(ProfileReplay replay, String key, long start) {
    replay.read(key, start * MIB, MIB);
  }

  @Test
  void beforeAnybodyReadsTheStartOfTheProfileIsWished() {
    var replay = replay("a 0 16", "b 0 8", "a 16 32");
    assertThat(next(replay, 20)).containsExactly("a 0 16", "b 0 4");
    assertThat(next(replay, 100)).containsExactly("a 0 32", "b 0 8");
    assertThat(next(replay, 0)).isEmpty();
  }

  @Test
  void theWindowGoesWithTheReader() {
    var replay = replay("a 0 16", "b 0 8", "a 16 32");
    for (long at = 0; at < 4; at++) read(replay, "a", at);
    assertThat(next(replay, 20)).containsExactly("a 4 16", "b 0 8");
    for (long at = 4; at < 16; at++) read(replay, "a", at);
    for (long at = 0; at < 8; at++) read(replay, "b", at);
    assertThat(next(replay, 20)).containsExactly("a 16 32");
    for (long at = 16; at < 32; at++) read(replay, "a", at);
    assertThat(next(replay, 20)).isEmpty();
  }

  @Test
  void rangesOfAFileComeInTheOrderOfTheProfileNotOfTheFile() {
    assertThat(next(replay("a 900 910", "a 0 10", "a 500 510"), 100))
        .containsExactly("a 900 910", "a 0 10", "a 500 510");
  }

  @Test
  void anEntryThatASlowerThreadStillHasToReadIsWantedFirst() {
    var replay = replay("a 0 4", "a 100 104", "a 200 204", "a 300 304");
    read(replay, "a", 200);
    assertThat(next(replay, 32)).containsExactly("a 0 4", "a 100 104", "a 201 204", "a 300 304");
    assertThat(next(replay, 16)).containsExactly("a 100 104", "a 201 204", "a 300 304");
  }

  @Test
  void whatAReaderSkippedWithinAnEntryIsStillWanted() {
    var replay = replay("a 0 16", "b 0 8");
    read(replay, "a", 10);
    assertThat(next(replay, 20)).containsExactly("a 0 10", "a 11 16", "b 0 5");
  }

  @Test
  void whoJumpsIsFollowedAndWhoComesBackToo() {
    var replay = replay("a 0 64", "a 64 128", "a 128 192", "a 192 256");
    read(replay, "a", 0);
    read(replay, "a", 192);
    assertThat(next(replay, 10)).containsExactly("a 193 203");
    read(replay, "a", 1);
    assertThat(next(replay, 10)).containsExactly("a 2 12");
  }

  @Test
  void aSecondReaderBehindTheFirstDoesNotPullItBack() {
    var replay = replay("a 0 100", "a 100 200", "a 200 300");
    for (long at = 0; at < 150; at++) read(replay, "a", at);
    read(replay, "a", 5);
    assertThat(next(replay, 10)).containsExactly("a 150 160");
  }

  @Test
  void readsThatTheProfileDoesNotKnowChangeNothing() {
    var replay = replay("a 0 10", "a 100 110");
    read(replay, "a", 500);
    read(replay, "c", 100);
    assertThat(next(replay, 5)).containsExactly("a 0 5");
  }

  @Test
  void aReadBesideAnEntryIsTakenForOneOfIt() {
    var replay = replay("a 0 10", "a 100 110", "a 200 210");
    read(replay, "a", 112);
    assertThat(next(replay, 10)).containsExactly("a 100 110");
    read(replay, "a", 197);
    assertThat(next(replay, 10)).containsExactly("a 200 210");
  }

  @Test
  void aReadBesideWhatIsDoneWithChangesNothing() {
    var replay = replay("a 0 10", "a 100 110", "a 200 201");
    read(replay, "a", 200);
    read(replay, "a", 0);
    read(replay, "a", 203);
    assertThat(next(replay, 4)).containsExactly("a 1 5");
  }

  @Test
  void nothingIsWishedOfAnObjectBeforeItIsKnownToBeTheSame() {
    var replay = new ProfileReplay(profile("a 0 16", "b 0 8", "a 16 32"));
    assertThat(next(replay, 100)).isEmpty();
    replay.isNow(B);
    assertThat(next(replay, 100)).containsExactly("b 0 8");
    replay.isNow(new ObjectVersion("a", "2", A.size()));
    assertThat(next(replay, 100)).containsExactly("b 0 8");
    replay.isNow(new ObjectVersion("a", "1", A.size() - 1));
    assertThat(next(replay, 100)).containsExactly("b 0 8");
    replay.isNow(A);
    assertThat(next(replay, 100)).containsExactly("a 0 32", "b 0 8");
    replay.isGone("b");
    assertThat(next(replay, 100)).containsExactly("a 0 32");
  }

  @Test
  void whatCannotBeWishedTakesNoRoomInTheWindow() {
    var replay = new ProfileReplay(profile("a 0 16", "b 0 8"));
    replay.isNow(B);
    assertThat(next(replay, 8)).containsExactly("b 0 8");
  }

  @Test
  void anEmptyProfileWishesNothing() {
    var replay = replay();
    read(replay, "a", 0);
    assertThat(next(replay, 100)).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("io.sluice.cache.trace.ReadTrace#NAMES")
  void whoeverReadsTheSameWayFindsEverythingWishedBefore(String name) {
    ReadTrace trace = ReadTrace.named(name);
    assertThat(missed(trace, trace.reads(), 2 * FileRuns.LONGEST)).isZero();
  }

  @ParameterizedTest
  @FieldSource("io.sluice.cache.trace.ReadTrace#NAMES")
  void whoeverReadsAboutTheSameWayFindsNearlyEverything(String name) {
    ReadTrace trace = ReadTrace.named(name);
    var random = new Random(42);
    List<ByteRange> reads = new ArrayList<>(trace.reads());
    for (int i = 0; i + 32 < reads.size(); i++) { // some come up to 32 places earlier
      int other = i + random.nextInt(32);
      ByteRange read = reads.get(i);
      reads.set(i, reads.get(other));
      reads.set(other, read);
    }
    long longest = reads.stream().mapToLong(ByteRange::length).max().orElseThrow();
    long window = 64 * longest; // twice as much as comes too early, and only half an entry
    assertThat(missed(trace, reads, window)).isLessThan(reads.size() / 40);
  }

  /** How many of these reads were not wished for when they came, after a recording of the trace. */
  private static int missed(ReadTrace trace, List<ByteRange> reads, long window) {
    var version = new ObjectVersion("model", "1", trace.size());
    var recorder = new ProfileRecorder(Path.of("none"), "s3://models", new Ticks(), 100_000);
    for (ByteRange read : trace.reads()) recorder.read(version, read.start(), read.length());
    var replay = new ProfileReplay(recorder.profile());
    replay.isNow(version);
    var fetched = new BitSet();
    int missed = 0;
    for (ByteRange read : reads) {
      for (Planned wish : replay.next(window))
        for (ByteRange range : wish.ranges()) fetched.set(page(range.start()), page(range.end()));
      if (fetched.nextClearBit(page(read.start())) < page(read.end())) missed++;
      replay.read("model", read.start(), read.length());
    }
    return missed;
  }

  /** Reads begin with a page; the last one may end within one. */
  private static int page(long at) {
    return (int) ((at + 4095) >> 12);
  }
}
