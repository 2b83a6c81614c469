package io.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bench.Counters.Counts;
import io.sluice.bench.TransferReport.Row;
import io.sluice.bench.TransferRun.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TransferReportTest {
  private static final long GB = 1_000_000_000;
  private static final long MIB = 1 << 20;
  private static final Shape SHAPE = new Shape(8, 32, GB);

  @Test
  void aSpeedIsSharedByTheRatesOfAllConnections() {
    // 1 GB in 2 s over 8 connections of 80 MB/s.
    assertThat(line("get-pipe, 32 MiB", row(TransferCase.GET_PIPE, run(2 * GB, 1, 1))))
        .contains("| 500 ")
        .contains("| 0.781 ");
  }

  @Test
  void theCpuIsThatOfPlainRequestsInTheSameDirection() {
    String text =
        text(
            row(TransferCase.PLAIN, run(GB, 1, 1)),
            row(TransferCase.PLAIN_PUT, run(GB, 4, 1)),
            row(TransferCase.GET_FILE, run(GB, 2, 1)),
            row(TransferCase.PUT_FILE, run(GB, 2, 1)));
    assertThat(text).containsPattern("get-file, 32 MiB .* \\| 2.000 +\\| 2.00 ");
    assertThat(text).containsPattern("put-file, 32 MiB .* \\| 2.000 +\\| 0.50 ");
  }

  @Test
  void theMiddleRunCounts() {
    Row row = row(TransferCase.UPLOAD, run(GB, 1, 1), run(9 * GB, 1, 1), run(2 * GB, 1, 1));
    assertThat(line("upload, 32 MiB", row)).contains("| 2.000 ");
  }

  @Test
  void oneFailureIsTheResultOfARowAndIsTold() {
    Row row = row(TransferCase.PUT_PIPE, run(GB, 1, 1)).failed("no such command");
    var report = report(row);
    assertThat(report.isRight()).isFalse();
    assertThat(report.text())
        .containsPattern("put-pipe, 32 MiB +\\| failed")
        .contains("put-pipe, 32 MiB: no such command");
    assertThat(report.json())
        .contains("{\"case\": \"put-pipe, 32 MiB\", \"bytes\": \"failed\"}")
        .contains("\"put-pipe, 32 MiB: no such command\"");
    assertThat(verdict("put-pipe, of the sum of rates", row)).isEqualTo("not measured");
  }

  @Test
  void aPipeAtNineTenthsIsEnoughWithAnySizeOfParts() {
    String goal = "put-pipe, of the sum of rates";
    Row slow = row(TransferCase.PUT_PIPE, run(2 * GB, 1, 1));
    // 640 MB/s are all of it: 1.736 s are 0.9.
    Row fast = new Row(TransferCase.PUT_PIPE, new Shape(8, 64, GB)).with(run(1_736_000_000, 1, 1));
    assertThat(verdict(goal, slow)).isEqualTo("missed");
    assertThat(verdict(goal, slow, fast)).isEqualTo("met");
  }

  @Test
  void memoryIsHalfOfWhatOthersTakeAndDoesNotGrowWithTheObject() {
    Row large = memory(TransferCase.PUT_MEMORY, 125);
    assertThat(verdict("put-memory, peak RSS MiB", large)).isEqualTo("met");
    assertThat(verdict("put-memory, peak RSS MiB", memory(TransferCase.PUT_MEMORY, 126)))
        .isEqualTo("missed");
    String growth = "put-memory, RSS of that of a quarter";
    assertThat(verdict(growth, large, memory(TransferCase.PUT_MEMORY_QUARTER, 120)))
        .isEqualTo("met");
    assertThat(verdict(growth, large, memory(TransferCase.PUT_MEMORY_QUARTER, 100)))
        .isEqualTo("missed");
  }

  @Test
  void memoryIsMeasuredInItsOwnShapeWhateverIsWished() {
    assertThat(TransferCase.GET_MEMORY.shape(SHAPE)).isEqualTo(new Shape(10, 20, GB));
    assertThat(TransferCase.GET_MEMORY_QUARTER.shape(SHAPE)).isEqualTo(new Shape(10, 20, GB / 4));
    assertThat(TransferCase.GET_PIPE.shape(SHAPE)).isEqualTo(SHAPE);
  }

  @Test
  void aQuarterThatIsOverAtOnceSaysNothingAboutGrowth() {
    Shape small = new Shape(8, 32, GB);
    var quarter = TransferCase.GET_MEMORY_QUARTER;
    Row row = new Row(quarter, quarter.shape(small)).with(run(GB, 1, MIB));
    assertThat(
            verdict(
                "get-memory, RSS of that of a quarter", memory(TransferCase.GET_MEMORY, 200), row))
        .isEqualTo("not measured");
  }

  private static Row memory(TransferCase kind, long mebibytes) {
    return new Row(kind, kind.shape(new Shape(8, 32, 4 * GB))).with(run(GB, 1, mebibytes * MIB));
  }

  private static Row row(TransferCase kind, TransferRun... runs) {
    Row row = new Row(kind, SHAPE);
    for (TransferRun run : runs) row = row.with(run);
    return row;
  }

  private static TransferRun run(long nanos, double cpu, long rss) {
    return new TransferRun(nanos, GB, new Usage(cpu, 0, rss), 0, Counts.NONE, 0);
  }

  private static TransferReport report(Row... rows) {
    return new TransferReport(Map.of(), 80, List.of(rows));
  }

  private static String text(Row... rows) {
    return report(rows).text();
  }

  private static String line(String name, Row... rows) {
    return text(rows)
        .lines()
        .filter(line -> line.startsWith("| " + name))
        .findFirst()
        .orElseThrow();
  }

  private static String verdict(String goal, Row... rows) {
    return report(rows).goals().stream()
        .filter(each -> each.name().equals(goal))
        .map(Goal::verdict)
        .findFirst()
        .orElseThrow();
  }
}
