package io.sluice.launcher.warm;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.ProgressLine;
import io.sluice.launcher.cli.Speed;
import io.sluice.launcher.cli.TimeSpan;
import io.sluice.launcher.warm.WarmTally.Outcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said while the cache is filled, and at the end. */
final class WarmProgressTest {
  private static final long GIB = 1L << 30;

  @Test
  void itSaysHowFarHowFastAndHowLong() {
    var progress = new WarmProgress(3, 10, GIB, 3 * GIB, true);
    assertThat(progress.line(100e6))
        .isEqualTo("3/10 files, 1.0 GiB of 3.0 GiB, 100 MB/s, 22 s left");
  }

  @Test
  void whileTheListingGoesOnNobodyKnowsHowLong() {
    var progress = new WarmProgress(3, 10, GIB, 3 * GIB, false);
    assertThat(progress.line(100e6)).isEqualTo("3/10+ files, 1.0 GiB of 3.0 GiB+, 100 MB/s");
  }

  @Test
  void whereNothingComesNobodyKnowsEither() {
    var progress = new WarmProgress(3, 10, GIB, 3 * GIB, true);
    assertThat(progress.line(0)).isEqualTo("3/10 files, 1.0 GiB of 3.0 GiB, 0 MB/s");
    assertThat(progress.line(10)).endsWith("more than a day left");
  }

  @ParameterizedTest
  @CsvSource({"0, 0 s", "59, 59 s", "60, 1:00 min", "187, 3:07 min", "7380, 2:03 h"})
  void timesAreShort(long seconds, String text) {
    assertThat(TimeSpan.shown(seconds)).isEqualTo(text);
  }

  @Test
  void theSpeedIsThatOfTheLastSeconds() {
    var speed = new Speed();
    assertThat(speed.perSecond()).isEqualTo(0);
    speed.at(0, 0);
    assertThat(speed.perSecond()).isEqualTo(0);
    for (int second = 1; second <= 20; second++)
      speed.at(Duration.ofSeconds(second).toNanos(), second <= 10 ? 0 : (second - 10) * 1000L);
    assertThat(speed.perSecond()).isEqualTo(1000);
  }

  @Test
  void theCodeIsThatOfTheWorstThatHappened() {
    var tally = new WarmTally();
    tally.add(Outcome.THERE);
    assertThat(tally.code()).isEqualTo(ExitCode.OK);
    tally.add(Outcome.MISSING);
    assertThat(tally.code()).isEqualTo(ExitCode.NOT_FOUND);
    tally.add(Outcome.TOO_LARGE);
    assertThat(tally.code()).isEqualTo(ExitCode.DATA_DIR);
    tally.add(Outcome.FAILED);
    tally.add(Outcome.FAILED);
    assertThat(tally.code()).isEqualTo(ExitCode.BUCKET);
    assertThat(tally.summary())
        .isEqualTo(
            "4 of 5 are not in the cache:"
                + " 1 not in the bucket, 1 without room in the cache, 2 failed");
  }

  @Test
  void messagesTakeTheProgressLineAway() {
    var text = new StringWriter();
    var line = new ProgressLine(new PrintWriter(text, true), ProgressLine.Kind.TERMINAL, 0);
    line.show("half", 0);
    line.say("k: gone");
    line.show("all", 0);
    line.end("done");
    assertThat(text.toString().replace("\r\033[K", "<clear>").lines())
        .containsExactly(
            "<clear>sluice: half<clear>sluice: k: gone", "<clear>sluice: all<clear>sluice: done");
  }

  @Test
  void quietlyOnlyMessagesAreSaidAndNotWithoutEnd() {
    var text = new StringWriter();
    var line = new ProgressLine(new PrintWriter(text, true), ProgressLine.Kind.NONE, 0);
    line.show("half", 0);
    for (int i = 0; i < 500; i++) line.say("k" + i);
    line.end("done");
    assertThat(text.toString().lines())
        .hasSize(101)
        .endsWith("sluice: more messages like these are left out");
  }
}
