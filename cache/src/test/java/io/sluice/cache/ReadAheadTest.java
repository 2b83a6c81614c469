package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cache.Span.Urgency;
import io.sluice.cache.WholeFiles.Mode;
import io.sluice.store.ByteRange;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
  private static final long MIB = 1 << 20;
  private static final BlockLayout GIB = new BlockLayout(1024 * MIB, 1 << 20);
  private static final ReadAhead.Limits LIMITS =
      new ReadAhead.Limits(128 * MIB, 2 * MIB, 16 * MIB, 8, 4096 * MIB);
  private final ReadAhead readAhead = new ReadAhead(GIB, LIMITS);
  private static final ReadAhead.Missing ALL = _ -> true;
  private static final List<ByteRange> IN_ORDER = List.of(new ByteRange(0, 1024 * MIB));

  private static Cursors at(long position, long run) {
    return new Cursors(List.of(new Cursor(position, run, true)), run);
  }

  private static ReadAhead.Missing allBut(int... here) {
    Set<Integer> set = IntStream.of(here).boxed().collect(Collectors.toSet());
    return block -> !set.contains(block);
  }

  private static SequencedSet<Integer> waiting(Integer... blocks) {
    return new LinkedHashSet<>(List.of(blocks));
  }

  @Test
  void aLoneReadInTheMiddleFetchesWhatWasAskedFor() {
    var cursors = Cursors.NONE.after(800 * MIB, 801 * MIB, 128 * MIB);
    assertThat(readAhead.demand(waiting(800), cursors, false, ALL))
        .contains(new Span(800, 801, Urgency.DEMAND));
    assertThat(readAhead.readAhead(cursors, ALL)).isEmpty();
  }

  @Test
  void neighboursThatAreWaitedForComeInOneRequest() {
    assertThat(readAhead.demand(waiting(801, 800, 802, 900), Cursors.NONE, false, ALL))
        .contains(new Span(800, 803, Urgency.DEMAND));
    assertThat(readAhead.demand(waiting(800, 801, 802, 900), Cursors.NONE, false, ALL))
        .contains(new Span(800, 803, Urgency.DEMAND));
  }

  @Test
  void whoWaitsLongestIsServedFirstUnlessItIsOnItsWay() {
    assertThat(readAhead.demand(waiting(7, 500), Cursors.NONE, false, allBut(7)))
        .contains(new Span(500, 501, Urgency.DEMAND));
    assertThat(readAhead.demand(waiting(7), Cursors.NONE, false, allBut(7))).isEmpty();
  }

  @Test
  void aFirstReadAtTheStartFetchesASmallSpan() {
    var cursors = Cursors.NONE.after(0, 128 << 10, 128 * MIB);
    assertThat(readAhead.demand(waiting(0), cursors, false, ALL))
        .contains(new Span(0, 2, Urgency.DEMAND));
  }

  @Test
  void inAFileReadAsAWholeDemandFetchesLargeSpans() {
    assertThat(readAhead.demand(waiting(100), Cursors.NONE, true, ALL))
        .contains(new Span(100, 116, Urgency.DEMAND));
  }

  @Test
  void whereMoreWaitThanThereAreSparePlacesATurnIsShort() {
    assertThat(readAhead.demand(waiting(100, 300, 500), Cursors.NONE, true, ALL))
        .contains(new Span(100, 108, Urgency.DEMAND)); // 2 of 8 are spare
    assertThat(readAhead.demand(waiting(100, 300, 500), Cursors.NONE, true, allBut(300)))
        .contains(new Span(100, 116, Urgency.DEMAND));
    assertThat(readAhead.demand(waiting(100, 101, 102, 500), Cursors.NONE, true, ALL))
        .contains(new Span(100, 116, Urgency.DEMAND));
  }

  @Test
  void aSpanEndsBeforeWhatIsHereOrOnItsWay() {
    assertThat(readAhead.demand(waiting(100), Cursors.NONE, true, allBut(103)))
        .contains(new Span(100, 103, Urgency.DEMAND));
    assertThat(readAhead.readAhead(at(10 * MIB, 8 * MIB), allBut(10, 11, 13)))
        .contains(new Span(12, 13, Urgency.READ_AHEAD));
  }

  @Test
  void aWindowIsDividedAmongTheConnections() {
    assertThat(readAhead.readAhead(at(8 * MIB, 8 * MIB), ALL))
        .contains(new Span(8, 12, Urgency.READ_AHEAD)); // 32 MiB among 8
    assertThat(readAhead.readAhead(at(512 * MIB, 512 * MIB), ALL))
        .contains(new Span(512, 528, Urgency.READ_AHEAD)); // 128 MiB among 8
  }

  @Test
  void aCrumbAtTheEndOfTheWindowWaitsUntilItIsWorthARequest() {
    var cursors = at(8 * MIB, 8 * MIB); // its window ends at 40
    int[] fetched = IntStream.range(8, 39).toArray();
    assertThat(readAhead.readAhead(cursors, allBut(fetched))).isEmpty();
    int[] fewer = IntStream.range(8, 38).toArray();
    assertThat(readAhead.readAhead(cursors, allBut(fewer)))
        .contains(new Span(38, 40, Urgency.READ_AHEAD));
  }

  @Test
  void aCrumbAtTheEndOfTheFileIsFetched() {
    assertThat(readAhead.readAhead(at(1023 * MIB, 64 * MIB), ALL))
        .contains(new Span(1023, 1024, Urgency.READ_AHEAD));
  }

  @Test
  void nothingIsReadAheadPastTheEnd() {
    assertThat(readAhead.readAhead(at(1024 * MIB, 64 * MIB), ALL)).isEmpty();
  }

  @Test
  void theReaderNearestToAGapIsHelpedFirst() {
    var cursors =
        new Cursors(
            List.of(new Cursor(100 * MIB, 8 * MIB, true), new Cursor(500 * MIB, 8 * MIB, false)),
            16 * MIB);
    assertThat(readAhead.readAhead(cursors, allBut(100, 101, 102)))
        .contains(new Span(500, 508, Urgency.READ_AHEAD)); // 32 MiB among half of 8
  }

  @Test
  void theRestOfAWholeFileComesFromTheCursorOnThenFromTheStart() {
    assertThat(readAhead.whole(at(512 * MIB, MIB), IN_ORDER, ALL))
        .contains(new Span(512, 528, Urgency.WHOLE));
    assertThat(readAhead.whole(at(512 * MIB, MIB), IN_ORDER, block -> block < 3))
        .contains(new Span(0, 3, Urgency.WHOLE));
    assertThat(readAhead.whole(at(512 * MIB, MIB), IN_ORDER, _ -> false)).isEmpty();
  }

  @Test
  void theRestOfAFileWithAnOrderOfItsOwnComesInThatOrder() {
    var order =
        List.of(
            new ByteRange(0, MIB),
            new ByteRange(900 * MIB, 1024 * MIB),
            new ByteRange(500 * MIB, 900 * MIB),
            new ByteRange(MIB, 500 * MIB));
    var cursors = at(1020 * MIB, MIB);
    assertThat(readAhead.whole(cursors, order, ALL)).contains(new Span(1020, 1024, Urgency.WHOLE));
    assertThat(readAhead.whole(cursors, order, block -> block < 1020))
        .contains(new Span(500, 516, Urgency.WHOLE));
    assertThat(readAhead.whole(cursors, order, block -> block < 1020 && block >= 900))
        .contains(new Span(900, 916, Urgency.WHOLE));
    assertThat(readAhead.whole(cursors, order, block -> block < 500))
        .contains(new Span(1, 17, Urgency.WHOLE));
  }

  @Test
  void anOrderOfSmallPartsIsNotFetchedInCrumbs() {
    var order = List.of(new ByteRange(700 * MIB, 701 * MIB), new ByteRange(0, 700 * MIB));
    assertThat(readAhead.whole(at(700 * MIB, MIB), order, ALL))
        .contains(new Span(700, 702, Urgency.WHOLE));
    assertThat(readAhead.whole(at(700 * MIB, MIB), order, allBut(701)))
        .contains(new Span(700, 701, Urgency.WHOLE));
  }

  @Test
  void towardsTheEndSpansGetShorterSoThatAllConnectionsEndTogether() {
    assertThat(spanWithLeft(1024 * MIB)).isEqualTo(16);
    assertThat(spanWithLeft(32 * MIB)).isEqualTo(4);
    assertThat(spanWithLeft(MIB)).isEqualTo(2);
  }

  private int spanWithLeft(long bytes) {
    var shared = readAhead.sharing(bytes, 8);
    return shared.whole(at(0, MIB), IN_ORDER, ALL).orElseThrow().blocks();
  }

  @Test
  void theFirstReadOfAModelOpensASmallSpanOnEachConnection() {
    var cursors = Cursors.NONE.after(0, 128 << 10, 128 * MIB);
    assertThat(readAhead.opening(cursors, ALL)).contains(new Span(0, 2, Urgency.READ_AHEAD));
    assertThat(readAhead.opening(cursors, block -> block >= 14))
        .contains(new Span(14, 16, Urgency.READ_AHEAD));
    assertThat(readAhead.opening(cursors, block -> block > 16)).isEmpty();
    assertThat(readAhead.opening(Cursors.NONE.after(MIB, 2 * MIB, 128 * MIB), ALL)).isEmpty();
  }

  @Test
  void aModelIsWorthAllOfItOnceItIsLoadedAnythingElseAfterALongRunInOrder() {
    var little = at(MIB / 2, MIB / 2);
    var some = at(MIB, MIB);
    var much = at(64 * MIB, 64 * MIB);
    assertThat(ReadAhead.isWhole(little, Mode.AUTO, true)).isFalse();
    assertThat(ReadAhead.isWhole(some, Mode.AUTO, true)).isTrue();
    assertThat(ReadAhead.isWhole(some, Mode.AUTO, false)).isFalse();
    assertThat(ReadAhead.isWhole(much, Mode.AUTO, false)).isTrue();
    assertThat(ReadAhead.isWhole(much, Mode.OFF, true)).isFalse();
    assertThat(ReadAhead.isWhole(Cursors.NONE, Mode.WHOLE, false)).isTrue();
  }

  @Test
  void whatAReaderIsNearOrOnItsWayToIsNeeded() {
    var cursors = at(100 * MIB, 2 * MIB); // a window of 8 MiB, a trail of 2
    assertThat(readAhead.isNeeded(97, cursors)).isFalse();
    assertThat(readAhead.isNeeded(98, cursors)).isTrue();
    assertThat(readAhead.isNeeded(107, cursors)).isTrue();
    assertThat(readAhead.isNeeded(108, cursors)).isFalse();
  }

  @Test
  void oneReaderFillsItsRoomWithPiecesThatAreWorthARequest() {
    var room = readAhead.within(48 * MIB);
    assertThat(room.limits().mostAhead()).isEqualTo(48 * MIB);
    assertThat(room.limits().largestSpan()).isEqualTo(6 * MIB);
    Cursors reader = at(100 * MIB, 100 * MIB);
    assertThat(room.readAhead(reader, ALL)).contains(new Span(100, 106, Urgency.READ_AHEAD));
    // What is left at the end of the window is asked for when it is three blocks.
    assertThat(room.readAhead(reader, block -> block >= 146)).isEmpty();
    assertThat(room.readAhead(reader, block -> block >= 145))
        .contains(new Span(145, 148, Urgency.READ_AHEAD));
  }

  @Test
  void manyReadersOfLittleRoomStillAskForWhatTheyNeed() {
    assertThat(readAhead.within(MIB).limits())
        .isEqualTo(new ReadAhead.Limits(2 * MIB, 2 * MIB, 2 * MIB, 8, 4096 * MIB));
  }
}
