package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cache.Span.Urgency;
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
    assertThat(readAhead.whole(at(512 * MIB, MIB), ALL))
        .contains(new Span(512, 528, Urgency.WHOLE));
    assertThat(readAhead.whole(at(512 * MIB, MIB), block -> block < 3))
        .contains(new Span(0, 3, Urgency.WHOLE));
    assertThat(readAhead.whole(at(512 * MIB, MIB), _ -> false)).isEmpty();
  }

  @Test
  void towardsTheEndSpansGetShorterSoThatAllConnectionsEndTogether() {
    assertThat(readAhead.withLeft(1024 * MIB).whole(at(0, MIB), ALL).orElseThrow().blocks())
        .isEqualTo(16);
    assertThat(readAhead.withLeft(32 * MIB).whole(at(0, MIB), ALL).orElseThrow().blocks())
        .isEqualTo(4);
    assertThat(readAhead.withLeft(MIB).whole(at(0, MIB), ALL).orElseThrow().blocks()).isEqualTo(2);
  }

  @Test
  void aModelIsWorthAllOfItAfterAFewMegabytesAnythingElseAfterALongRunInOrder() {
    var little = at(MIB, MIB);
    var some = at(4 * MIB, 4 * MIB);
    var much = at(64 * MIB, 64 * MIB);
    assertThat(ReadAhead.isWhole(little, true)).isFalse();
    assertThat(ReadAhead.isWhole(some, true)).isTrue();
    assertThat(ReadAhead.isWhole(some, false)).isFalse();
    assertThat(ReadAhead.isWhole(much, false)).isTrue();
  }

  @Test
  void whatAReaderIsNearOrOnItsWayToIsNeeded() {
    var cursors = at(100 * MIB, 2 * MIB); // a window of 8 MiB
    assertThat(readAhead.isNeeded(98, cursors)).isFalse();
    assertThat(readAhead.isNeeded(99, cursors)).isTrue();
    assertThat(readAhead.isNeeded(107, cursors)).isTrue();
    assertThat(readAhead.isNeeded(108, cursors)).isFalse();
  }
}
