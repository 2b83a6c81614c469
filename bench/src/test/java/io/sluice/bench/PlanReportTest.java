package io.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bench.PlanReport.Sample;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PlanReportTest {
  private static final long MIB = 1 << 20;

  @Test
  void aLinePerPartAndMemoryThatStaysAreMet() {
    var report = report(_ -> 100 * MIB, PlanReportTest::linePerPart, parts -> 4096 * parts);
    assertThat(report.goals()).extracting(Goal::verdict).containsOnly("met");
    assertThat(report.text())
        .containsPattern("\\| 10 +\\| 100 +\\|")
        .containsPattern("\\| 100 +\\| 1000 +\\|")
        .contains("4.0");
  }

  @Test
  void aStateThatIsWrittenAnewForEachPartIsMissed() {
    var report = report(_ -> MIB, PlanReportTest::linePerPart, parts -> 40 * parts * parts);
    assertThat(verdict(report, "written per part, second half by first")).isEqualTo("missed");
    assertThat(verdict(report, "state bytes per part, second half by first")).isEqualTo("met");
  }

  @Test
  void memoryThatGrowsWithThePartsIsMissed() {
    var report =
        report(parts -> parts * MIB, PlanReportTest::linePerPart, PlanReportTest::linePerPart);
    assertThat(verdict(report, "peak RSS, at the end by after a tenth")).isEqualTo("missed");
  }

  @Test
  void anUploadThatWasOverAtOnceSaysNothing() {
    var report = new PlanReport("small", List.of(new Sample(1, 1, 1, Usage.NONE, 1, 1)));
    assertThat(report.goals()).extracting(Goal::verdict).containsOnly("not measured");
    assertThat(report.text()).startsWith("small\n");
  }

  private static long linePerPart(long parts) {
    return 500 + 80 * parts;
  }

  private static String verdict(PlanReport report, String goal) {
    return report.goals().stream()
        .filter(each -> each.name().equals(goal))
        .map(Goal::verdict)
        .findFirst()
        .orElseThrow();
  }

  /** A thousand parts, seen each, and figures by the number of parts that have come. */
  private static PlanReport report(
      LongUnaryOperator rss, LongUnaryOperator state, LongUnaryOperator written) {
    return new PlanReport(
        "plan",
        LongStream.rangeClosed(1, 1000)
            .mapToObj(
                parts ->
                    new Sample(
                        parts * 1_000_000,
                        parts,
                        parts * 16 * MIB,
                        new Usage(1, 0, rss.applyAsLong(parts)),
                        state.applyAsLong(parts),
                        written.applyAsLong(parts)))
            .toList());
  }
}
