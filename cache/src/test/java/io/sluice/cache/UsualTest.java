package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsualTest {
  private static final long MS = 1_000_000;
  private static final long MIB = 1 << 20;
  private static final long START = 1000 * MS;

  /** 20 ms to the first byte, then 80 MB/s. */
  private static Progress usualRequest(long bytes) {
    long first = START + 20 * MS;
    return new Progress(START, first, first + (long) (bytes / 0.08), bytes, bytes);
  }

  private static Usual known() {
    Usual usual = Usual.UNKNOWN;
    for (int i = 0; i < 50; i++) usual = usual.after(usualRequest(16 * MIB));
    return usual;
  }

  private static Progress after(long nanos, long bytes, long silent) {
    return new Progress(START, START + 20 * MS, START + nanos - silent, bytes, 16 * MIB);
  }

  @Test
  void itLearnsWhatIsUsual() {
    assertThat(known().firstByteNanos()).isBetween(19e6, 21e6);
    assertThat(known().bytesPerNano()).isBetween(0.07, 0.081);
  }

  @Test
  void aRequestAsFastAsOthersIsNoStraggler() {
    assertThat(known().isStraggling(after(100 * MS, 6 * MIB, MS), START + 100 * MS)).isFalse();
  }

  @Test
  void oneThatHasGoneSilentIs() {
    assertThat(known().isStraggling(after(1000 * MS, 8 * MIB, 500 * MS), START + 1000 * MS))
        .isTrue();
    assertThat(known().isStraggling(after(400 * MS, 8 * MIB, 300 * MS), START + 400 * MS))
        .isFalse();
  }

  @Test
  void oneWithoutAnyAnswerIs() {
    var request = new Progress(START, 0, 0, 0, MIB);
    assertThat(known().isStraggling(request, START + 300 * MS)).isFalse();
    assertThat(known().isStraggling(request, START + 500 * MS)).isTrue();
  }

  @Test
  void whereFirstBytesAreSlowPatienceIsLonger() {
    Usual slow = new Usual(300e6, 0.08);
    var request = new Progress(START, 0, 0, 0, MIB);
    assertThat(slow.isStraggling(request, START + 1000 * MS)).isFalse();
    assertThat(slow.isStraggling(request, START + 2000 * MS)).isTrue();
  }

  @Test
  void oneThatCrawlsIsIfMuchIsLeft() {
    assertThat(known().isStraggling(after(1000 * MS, MIB, MS), START + 1000 * MS)).isTrue();
    var nearlyThere = new Progress(START, START + 20 * MS, START + 1000 * MS, 15 * MIB, 16 * MIB);
    assertThat(known().isStraggling(nearlyThere, START + 1000 * MS)).isFalse();
  }

  @Test
  void beforeAnythingIsKnownOnlySilenceCounts() {
    assertThat(Usual.UNKNOWN.isStraggling(after(1000 * MS, MIB, MS), START + 1000 * MS)).isFalse();
    assertThat(Usual.UNKNOWN.isStraggling(after(3000 * MS, MIB, 2000 * MS), START + 3000 * MS))
        .isTrue();
  }

  @Test
  void aRequestEndsWhenWhatIsLeftTakesNoLongerThanAFirstByte() {
    assertThat(after(100 * MS, 6 * MIB, MS).isEnding()).isFalse();
    var last = new Progress(START, START + 20 * MS, START + 220 * MS, 15 * MIB, 16 * MIB);
    assertThat(last.isEnding()).isTrue();
    assertThat(new Progress(START, 0, 0, 0, 16 * MIB).isEnding()).isFalse();
  }
}
