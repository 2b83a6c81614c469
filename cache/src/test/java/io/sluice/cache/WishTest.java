package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cache.Span.Urgency;
import io.sluice.store.ByteRange;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WishTest {
  /** A hundred blocks of four bytes, the last one of two. */
  private static final BlockLayout LAYOUT = new BlockLayout(398, 4);

  private final BitSet here = new BitSet();
  private final AtomicInteger looks = new AtomicInteger();

  private static Wish wish(ByteRange... order) {
    return new Wish(Urgency.LATER, 0, LAYOUT, List.of(order));
  }

  private long missing(Wish wish) {
    looks.set(0);
    return wish.missing(
        block -> {
          looks.incrementAndGet();
          return !here.get(block);
        });
  }

  private static List<Integer> wanted(Wish wish) {
    return IntStream.range(0, LAYOUT.blocks()).filter(wish::wants).boxed().toList();
  }

  @Test
  void itWantsTheBlocksOfAllItsRangesHereOrNot() {
    Wish wish = wish(new ByteRange(396, 398), new ByteRange(3, 9), new ByteRange(40, 40));
    assertThat(wanted(wish)).containsExactly(0, 1, 2, 99);
    here.set(0, 100);
    assertThat(missing(wish)).isZero();
    assertThat(wanted(wish)).containsExactly(0, 1, 2, 99);
  }

  @Test
  void whatIsReplacedIsNotWantedAnyMore() {
    Wish wish = wish(new ByteRange(0, 8));
    assertThat(wanted(wish)).containsExactly(0, 1);
    wish.replace(List.of(new ByteRange(8, 12)), 0);
    assertThat(wanted(wish)).containsExactly(2);
  }

  @Test
  void onlyBytesOfItsRangesAreMissing() {
    Wish wish = wish(new ByteRange(394, 398), new ByteRange(3, 9));
    assertThat(missing(wish)).isEqualTo(10);
    here.set(99);
    assertThat(missing(wish)).isEqualTo(8);
    here.set(98);
    here.set(1);
    assertThat(missing(wish)).isEqualTo(2);
  }

  @Test
  void whatWasSeenAtTheStartOfARangeIsNotLookedAtAgain() {
    Wish wish = wish(new ByteRange(0, 398));
    here.set(0, 90);
    assertThat(missing(wish)).isEqualTo(38);
    assertThat(missing(wish)).isEqualTo(38);
    assertThat(looks.get()).isLessThanOrEqualTo(11);
  }

  @Test
  void whatHasGoneAgainIsMissingInTheEnd() {
    Wish wish = wish(new ByteRange(0, 8), new ByteRange(8, 398));
    here.set(0, 90);
    assertThat(missing(wish)).isEqualTo(38);
    here.set(90, 100);
    here.clear(1);
    assertThat(missing(wish)).isEqualTo(4);
    here.set(1);
    assertThat(missing(wish)).isZero();
  }
}
