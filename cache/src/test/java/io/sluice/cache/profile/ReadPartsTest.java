package io.sluice.cache.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.ByteRange;
import org.junit.jupiter.api.Test;

class ReadPartsTest {
  private static ByteRange range(long start, long end) {
    return new ByteRange(start, end);
  }

  @Test
  void whatIsLeftIsWhatNobodyTouched() {
    var parts = new ReadParts(range(1000, 1064)); // parts of one byte
    assertThat(parts.unread()).containsExactly(range(1000, 1064));
    assertThat(parts.add(1010, 1020)).isTrue();
    assertThat(parts.unread()).containsExactly(range(1000, 1010), range(1020, 1064));
    assertThat(parts.add(0, 1011)).isTrue();
    assertThat(parts.add(1060, 9999)).isTrue();
    assertThat(parts.unread()).containsExactly(range(1020, 1060));
  }

  @Test
  void whatWasReadBeforeIsNotNew() {
    var parts = new ReadParts(range(0, 64));
    assertThat(parts.add(0, 10)).isTrue();
    assertThat(parts.add(3, 7)).isFalse();
    assertThat(parts.add(9, 11)).isTrue();
  }

  @Test
  void readsBesideTheRangeAreNotOfIt() {
    var parts = new ReadParts(range(100, 200));
    assertThat(parts.add(0, 100)).isFalse();
    assertThat(parts.add(200, 300)).isFalse();
    assertThat(parts.unread()).containsExactly(range(100, 200));
  }

  @Test
  void aRangeThatIsNoMultipleOfItsPartsEndsWithAShorterOne() {
    var parts = new ReadParts(range(0, 65)); // parts of two bytes
    assertThat(parts.add(0, 64)).isTrue();
    assertThat(parts.unread()).containsExactly(range(64, 65));
    assertThat(parts.add(64, 65)).isTrue();
    assertThat(parts.isComplete()).isTrue();
  }

  @Test
  void aRangeMayBeSmallerThanItsNumberOfPartsOrLargerThanAnyMemory() {
    var small = new ReadParts(range(5, 6));
    assertThat(small.add(5, 6)).isTrue();
    assertThat(small.isComplete()).isTrue();
    var large = new ReadParts(range(0, 1L << 60));
    assertThat(large.add(0, 1L << 59)).isTrue();
    assertThat(large.unread()).containsExactly(range(1L << 59, 1L << 60));
  }
}
