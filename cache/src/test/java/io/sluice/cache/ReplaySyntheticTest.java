package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cache.Replay.Served;
import io.sluice.cache.Replayed.Get;
import io.sluice.cache.Span.Urgency;
import io.sluice.cache.WholeFiles.Mode;
import io.sluice.store.ByteRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs cost that nobody has recorded. */
@NullMarked
@Timeout(180)
class ReplaySyntheticTest {
  private static final long MIB = 1 << 20;
  private static final long GIB = 1 << 30;
  private static final int BLOCKS_PER_MIB = (int) (MIB / CacheSettings.BLOCK);

  @TempDir Path directory;

  private Replayed replay(Served object, List<Reader> readers) throws IOException {
    try (var replay = new Replay(directory, object)) {
      return replay.run(readers);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"index.dat", "weights.safetensors"})
  void aSmallReadAnywhereIsARequestOfOneBlock(String key) throws IOException {
    var random = new Random(1);
    List<ByteRange> reads = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      long start = random.nextLong((10 * GIB) >> 12) << 12;
      reads.add(new ByteRange(start, start + 4096));
    }
    Replayed became = replay(Served.of(key, 10 * GIB), List.of(Reader.of(reads, 1)));
    assertThat(became.gets()).as(became.row()).hasSizeBetween(580, 600);
    assertThat(became.gets()).allMatch(get -> get.span().blocks() == 1);
    assertThat(became.wasted()).isZero();
  }

  @Test
  void aReadOfAMibAnywhereIsOneRequestOfTheBlocksItTouches() throws IOException {
    var random = new Random(2);
    List<ByteRange> reads = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      long start = random.nextLong((10 * GIB) >> 12) << 12;
      for (long at = start; at < start + MIB; at += 128 << 10)
        reads.add(new ByteRange(at, at + (128 << 10)));
    }
    Replayed became = replay(Served.of("index.dat", 10 * GIB + MIB), List.of(Reader.of(reads, 8)));
    assertThat(became.gets()).as(became.log()).hasSize(60);
    assertThat(became.gets()).allMatch(get -> get.span().blocks() <= 9);
    assertThat(became.wasted()).isZero();
  }

  @Test
  void twoReadersOfOneFileAreAsFastAsEachOther() throws IOException {
    Replayed became =
        replay(
            Served.of("two.dat", 8 * GIB),
            List.of(Reader.ofAll(0, 256 * MIB), Reader.ofAll(4 * GIB, 4 * GIB + 256 * MIB)));
    assertThat(became.ends()).hasSize(2);
    assertThat((double) became.ends().getLast() / became.ends().getFirst())
        .as(became.row())
        .isLessThan(1.2);
    assertThat(became.nanos() / 1e9).as(became.row()).isLessThan(0.8);
  }

  @Test
  void sixtyFourReadersOfOneFileAreAsFastAsEachOther() throws IOException {
    List<Reader> readers =
        LongStream.range(0, 64)
            .mapToObj(i -> Reader.ofAll(i * (256 * MIB), i * (256 * MIB) + 16 * MIB))
            .toList();
    Replayed became = replay(Served.of("many.dat", 16 * GIB), readers);
    assertThat((double) became.ends().getLast() / became.ends().getFirst())
        .as(became.row())
        .isLessThan(2);
    assertThat(became.mostInFlight()).as(became.row()).isLessThanOrEqualTo(20);
    assertThat(became.longestUnserved()).as(became.row()).isLessThan(400 * Replay.MS);
  }

  @Test
  void thirtyTwoReadersThatReadForLongWaitForOneAnothersShortTurns() throws IOException {
    List<Reader> readers =
        LongStream.range(0, 32)
            .mapToObj(i -> Reader.ofAll(i * (256 * MIB), i * (256 * MIB) + 64 * MIB))
            .toList();
    Replayed became = replay(Served.of("long.dat", 16 * GIB), readers);
    assertThat(became.longestUnserved()).as(became.row()).isLessThan(200 * Replay.MS);
    assertThat(became.nanos() / 1e9).as(became.row()).isLessThan(1.9); // of 1.3 at full speed
  }

  @Test
  void whoReadsSlowlyIsWaitedForAfterOneWindow() throws IOException {
    Reader slow = Reader.ofAll(0, 16 * MIB).at(20_000_000);
    Replayed became = replay(Served.of("slow.dat", 10 * GIB), List.of(slow));
    assertThat(became.fetched()).as(became.row()).isLessThanOrEqualTo(80 * BLOCKS_PER_MIB);
  }

  @Test
  void whatAReaderLeavesIsFetchedNoFurtherThanItsWindow() throws IOException {
    Reader leaving = Reader.ofAll(0, 16 * MIB).then(Reader.ofAll(5 * GIB, 5 * GIB + 256 * MIB));
    Replayed became = replay(Served.of("left.dat", 10 * GIB), List.of(leaving));
    assertThat(became.fetched(0, GIB)).as(became.row()).isLessThanOrEqualTo(80 * BLOCKS_PER_MIB);
  }

  @Test
  void withWholeFilesOffAModelIsReadAheadLikeAnyOtherFile() throws IOException {
    Served model = Served.of("weights.safetensors", 10 * GIB).with(Mode.OFF);
    Replayed became = replay(model, List.of(Reader.ofAll(0, 8 * MIB)));
    assertThat(became.gets()).extracting(Get::urgency).doesNotContain(Urgency.WHOLE);
    assertThat(became.fetched()).as(became.row()).isLessThanOrEqualTo(40 * BLOCKS_PER_MIB);
  }

  @Test
  void withWholeFilesOnOneReadBringsAllOfAnyFile() throws IOException {
    Served any = Served.of("some.dat", 64 * MIB).with(Mode.WHOLE);
    List<ByteRange> reads = List.of(new ByteRange(0, 4096), new ByteRange(4096, 8192));
    Replayed became = replay(any, List.of(Reader.of(reads, 1).at(10_000)));
    assertThat(became.fetched()).as(became.row()).isEqualTo(64 * BLOCKS_PER_MIB);
    assertThat(became.gets()).hasSizeLessThanOrEqualTo(34);
  }
}
