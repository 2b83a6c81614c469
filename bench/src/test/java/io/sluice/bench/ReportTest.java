package io.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bench.Counters.Counts;
import io.sluice.bench.Measurement.Cost;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final long GB = 1_000_000_000;

  @Test
  void aColdReadIsSharedByTheBestOfThePlainGets() {
    var report =
        new Report(
            Map.of("size", "2GiB"),
            List.of(row("plain, a", 4 * GB), row("plain, b", 2 * GB)),
            List.of(row("seq", 8 * GB / 3)),
            List.of());
    assertThat(report.json()).contains("\"case\": \"seq\"").contains("\"of plain\": 0.75");
  }

  @Test
  void aWarmReadIsSharedByTheSamePatternOnly() {
    var report =
        new Report(
            Map.of(),
            List.of(),
            List.of(
                row("warm", 2 * GB),
                row("memory", GB),
                row("local", GB / 2),
                row("memory-mapped", GB / 8)),
            List.of());
    assertThat(report.text().lines().filter(line -> line.startsWith("| warm ")))
        .singleElement()
        .asString()
        .containsSubsequence("| 0.50 ", "| 0.25 ");
  }

  @Test
  void whatWasFetchedIsRelatedToWhatWasRead() {
    var report = new Report(Map.of(), List.of(), List.of(row("seq", GB)), List.of());
    assertThat(report.json()).contains("\"fetched/needed\": 1.500").contains("\"GET\": 3");
  }

  @Test
  void aFailureIsARowAndAReason() {
    var report =
        new Report(
            Map.of(), List.of(), List.of(Measurement.failed("seq", "it never ended")), List.of());
    assertThat(report.text()).contains("failed").contains("seq: it never ended");
  }

  @Test
  void theMiddleOfSeveralRunsCounts() {
    assertThat(Measurement.median(List.of(row("a", 3), row("b", 1), row("c", 2))).name())
        .isEqualTo("c");
  }

  @Test
  void oneFailureAmongSeveralRunsIsTheResult() {
    var failed = Measurement.failed("a", "once");
    assertThat(Measurement.median(List.of(row("a", 3), failed))).isEqualTo(failed);
  }

  static Measurement row(String name, long nanos) {
    var read = new ReadResult(nanos, GB, 0, 0);
    var counts = new Counts(3, 0, 0, 0, GB * 3 / 2, 1, 0, 1);
    return new Measurement(
        name, read, new Cost(new Usage(1, 1, 1 << 20), counts, 1), Measurement.RIGHT);
  }
}
