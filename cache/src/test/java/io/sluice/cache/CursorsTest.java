package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CursorsTest {
  private static final long KIB = 1 << 10;
  private static final long MIB = 1 << 20;
  private static final long MOST = 256 * MIB;

  private static Cursors read(Cursors cursors, long start, long length) {
    return cursors.after(start, start + length, MOST);
  }

  @Test
  void aReaderAtTheStartIsOneCursorThere() {
    Cursors cursors = read(Cursors.NONE, 0, 128 * KIB);
    assertThat(cursors.list()).containsExactly(new Cursor(128 * KIB, 128 * KIB, true));
  }

  @Test
  void readsThatArriveOutOfOrderAreOneReader() {
    Cursors cursors = Cursors.NONE;
    for (long piece : new long[] {0, 3, 1, 2, 5, 4, 7, 6})
      cursors = read(cursors, piece * (128 * KIB), 128 * KIB);
    assertThat(cursors.list()).containsExactly(new Cursor(MIB, MIB, true));
  }

  @Test
  void aReadFarAwayIsAnotherReader() {
    Cursors cursors = read(read(Cursors.NONE, 0, 128 * KIB), 1024 * MIB, 128 * KIB);
    assertThat(cursors.list())
        .extracting(Cursor::position)
        .containsExactly(1024 * MIB + 128 * KIB, 128 * KIB);
  }

  @Test
  void theFirstReaderGoesOnWhereItWas() {
    Cursors cursors = read(read(Cursors.NONE, 0, MIB), 1024 * MIB, MIB);
    cursors = read(cursors, MIB, MIB);
    assertThat(cursors.list()).hasSize(2);
    assertThat(cursors.list().getFirst()).isEqualTo(new Cursor(2 * MIB, 2 * MIB, true));
  }

  @Test
  void sixtyFourReadersEachKeepTheirOwnPlace() {
    Cursors cursors = Cursors.NONE;
    for (long round = 0; round < 4; round++)
      for (long thread = 0; thread < 64; thread++)
        cursors = read(cursors, thread * (32 * MIB) + round * MIB, MIB);
    assertThat(cursors.list()).hasSize(64).allSatisfy(c -> assertThat(c.run()).isEqualTo(4 * MIB));
  }

  @Test
  void theLongestIdleReaderMakesRoomForTheSixtyFifth() {
    Cursors cursors = Cursors.NONE;
    for (long thread = 0; thread < 65; thread++) cursors = read(cursors, thread * (32 * MIB), MIB);
    assertThat(cursors.list())
        .hasSize(Cursors.MOST)
        .extracting(Cursor::position)
        .doesNotContain(MIB);
  }

  @Test
  void sixteenThreadsThatTakeTurnsBecomeOneFastReader() {
    Cursors cursors = Cursors.NONE;
    for (long piece = 0; piece < 512; piece++) cursors = read(cursors, piece * MIB, MIB);
    assertThat(cursors.list().getFirst()).isEqualTo(new Cursor(512 * MIB, 512 * MIB, true));
  }

  @Test
  void aJumpAheadWithinTheWindowWidensItNoFurther() {
    Cursors cursors = Cursors.NONE;
    for (long piece = 0; piece < 8; piece++) cursors = read(cursors, piece * MIB, MIB);
    cursors = read(cursors, 20 * MIB, MIB); // of a window of 32 MiB
    assertThat(cursors.list()).containsExactly(new Cursor(21 * MIB, 8 * MIB, true));
  }

  @Test
  void whatIsReadOnFromTheStartOrAnywhereElseIsCountedButNoJumps() {
    Cursors cursors = read(read(Cursors.NONE, 0, MIB), 1024 * MIB, 128 * KIB);
    assertThat(cursors.read()).isEqualTo(MIB);
    assertThat(read(cursors, 1024 * MIB + 128 * KIB, MIB).read()).isEqualTo(2 * MIB);
  }

  @Test
  void whatThreadsThatTakeTurnsPassedOverIsBehindOneOfThem() {
    assertThat(new Cursor(128 * KIB, 128 * KIB, true).trail(MOST)).isEqualTo(MIB);
    assertThat(new Cursor(8 * MIB, 8 * MIB, true).trail(MOST)).isEqualTo(8 * MIB);
    assertThat(new Cursor(900 * MIB, 900 * MIB, true).trail(MOST)).isEqualTo(32 * MIB);
    assertThat(new Cursor(900 * MIB, 900 * MIB, true).trail(4 * MIB)).isEqualTo(4 * MIB);
  }

  @Test
  void windowsGrowWithWhatWasReadInOrder() {
    assertThat(new Cursor(128 * KIB, 128 * KIB, true).window(MOST)).isEqualTo(MIB);
    assertThat(new Cursor(MIB, MIB, true).window(MOST)).isEqualTo(4 * MIB);
    assertThat(new Cursor(20 * MIB, 20 * MIB, true).window(MOST)).isEqualTo(64 * MIB);
    assertThat(new Cursor(900 * MIB, 900 * MIB, true).window(MOST)).isEqualTo(MOST);
  }

  @Test
  void aReaderInTheMiddleHasNoWindowBeforeItShowsThatItGoesOn() {
    assertThat(new Cursor(800 * MIB, 128 * KIB, false).window(MOST)).isZero();
    assertThat(new Cursor(800 * MIB, 2 * MIB, false).window(MOST)).isZero();
    assertThat(new Cursor(800 * MIB, 3 * MIB, false).window(MOST)).isEqualTo(8 * MIB);
  }
}
