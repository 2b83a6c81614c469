package io.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes between processes, or comes from people, as text. */
class LinesTest {
  @Test
  void aResultSurvivesItsLine() {
    var result = ReadResult.of(12, 34, List.of(3L, 1L, 2L));
    assertThat(ReadResult.parse("noise\n" + result.line() + "\n")).isEqualTo(result);
    assertThat(result.medianNanos()).isEqualTo(2);
    assertThat(result.worstNanos()).isEqualTo(3);
  }

  @Test
  void aUsageSurvivesItsLine() {
    var usage = new Usage(1.25, 0.5, 4096);
    assertThat(Usage.parseLine("nanos=1 " + usage.line())).isEqualTo(usage);
  }

  @Test
  void aHeapSurvivesItsLine() {
    assertThat(Transfer.heapOf("rss=1 heap=" + (5L << 30) + "\n")).isEqualTo(5L << 30);
    assertThat(Transfer.heapOf("nothing")).isZero();
  }

  @Test
  void theNameOfAProcessMayHoldAnything() {
    var stat = "7 (a) b (c) S 1 7 7 0 -1 4194560 1 2 3 4 150 250 0 0 20 0";
    assertThat(Usage.parse(stat, "VmPeak:\t9 kB\nVmHWM:\t    12 kB\n"))
        .isEqualTo(new Usage(1.5, 2.5, 12 * 1024));
  }

  @ParameterizedTest
  @EnumSource
  void aScenarioHasAWord(Scenario scenario) {
    assertThat(Scenario.of(scenario.word())).isEqualTo(scenario);
  }

  @ParameterizedTest
  @EnumSource
  void aTransferHasAWord(TransferCase row) {
    assertThat(TransferCase.of(row.word())).isEqualTo(row);
  }

  @Test
  void aTransferThatThereIsNotIsRefusedWithThoseThatThereAre() {
    assertThatThrownBy(() -> TransferCase.of("seq"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--cases seq: give some of plain,download,");
  }

  @Test
  void aSizeIsMebibytesGibibytesOrTebibytes() {
    assertThat(ByteSize.of("512MiB").bytes()).isEqualTo(512L << 20);
    assertThat(ByteSize.of("20GiB").bytes()).isEqualTo(20L << 30);
    assertThat(ByteSize.of("5TiB").bytes()).isEqualTo(5L << 40);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2", "2GB", "0MiB", "3MiB", "-1GiB", "9999999GiB"})
  void anythingElseIsNoSize(String text) {
    assertThatThrownBy(() -> ByteSize.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNumberOfNothingIsRefusedWithWhatToDo() {
    assertThat(Bench.positive("--objects", 1)).isEqualTo(1);
    assertThatThrownBy(() -> Bench.positive("--objects", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("--objects 0: give 1 or more");
  }
}
