package io.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bench.Counters.Counts;
import io.sluice.bench.Measurement.Cost;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GoalTest {
  private static final long GB = 1_000_000_000;
  private static final long MIB = 1 << 20;

  @Test
  void aLoadAtTheBoundIsEnough() {
    assertThat(verdict("seq, of plain", row("seq", GB, 10 * GB / 9, 0, 1))).isEqualTo("met");
    assertThat(verdict("seq, of plain", row("seq", GB, 10 * GB / 8, 0, 1))).isEqualTo("missed");
  }

  @Test
  void whatFailedOrWasNotAskedForIsNotMet() {
    assertThat(verdict("seq, of plain")).isEqualTo("not measured");
    assertThat(verdict("seq, of plain", Measurement.failed("seq", "no"))).isEqualTo("not measured");
  }

  @Test
  void manyMountsNeedTheFileOnce() {
    long eightReads = 8 * GB;
    assertThat(verdict("many-mounts, fetched/needed", row("many-mounts", eightReads, GB, GB, 1)))
        .isEqualTo("met");
    assertThat(
            verdict("many-mounts, fetched/needed", row("many-mounts", eightReads, GB, 2 * GB, 1)))
        .isEqualTo("missed");
  }

  @Test
  void aRandomPageMayCostABlock() {
    long pages = 64 * 4096;
    long blocks = 64 * 128 * 1024;
    String goal = "random-4k, KiB fetched per read";
    assertThat(verdict(goal, row("random-4k", pages, GB, blocks, 1))).isEqualTo("met");
    assertThat(verdict(goal, row("random-4k", pages, GB, blocks + MIB, 1))).isEqualTo("missed");
  }

  @Test
  void theLargestOfOurOwnRowsIsThePeak() {
    String goal = "peak RSS MiB, of all rows";
    var small = row("seq", GB, GB, GB, 100 * MIB);
    assertThat(verdict(goal, small, row("threads", GB, GB, GB, 300 * MIB))).isEqualTo("missed");
    assertThat(verdict(goal, small, row("threads", GB, GB, GB, 300 * MIB).of("rclone")))
        .isEqualTo("met");
  }

  @Test
  void moreReadersMayTakeALittleMore() {
    String goal = "peak RSS MiB, 64 readers more than 1";
    var one = row("seq", GB, GB, GB, 100 * MIB);
    assertThat(verdict(goal, one, row("threads", GB, GB, GB, 132 * MIB))).isEqualTo("met");
    assertThat(verdict(goal, one, row("threads", GB, GB, GB, 133 * MIB))).isEqualTo("missed");
  }

  @Test
  void goalsAreInTheTextAndInTheJson() {
    var report =
        new Report(
            Map.of(),
            List.of(plain()),
            List.of(row("seq", GB, 2 * GB, 0, 1)),
            List.of("by \"me\""));
    assertThat(report.text()).contains("by \"me\"").containsPattern("seq, of plain +\\| >= 0.90");
    assertThat(report.json())
        .contains(
            "{\"goal\": \"seq, of plain\", \"wanted\": \">= 0.90\", \"figure\": 0.50, \"verdict\":"
                + " \"missed\"}")
        .contains("\"by \\\"me\\\"\"");
  }

  private static String verdict(String goal, Measurement... rows) {
    return Goal.of(new Figures(List.of(plain()), List.of(rows))).stream()
        .filter(each -> each.name().equals(goal))
        .map(Goal::verdict)
        .findFirst()
        .orElseThrow();
  }

  private static Measurement plain() {
    return row("plain, long ranges", GB, GB, GB, 1);
  }

  private static Measurement row(String name, long bytes, long nanos, long fetched, long rss) {
    var counts = new Counts(1, 0, 0, 0, fetched, 1, 0, 1);
    return new Measurement(
        name,
        new ReadResult(nanos, bytes, 0, 0),
        new Cost(new Usage(1, 0, rss), counts, 1),
        Measurement.RIGHT);
  }
}
