package io.sluice.launcher.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.launcher.cli.ByteSize;
import io.sluice.launcher.cli.Failure;
import io.sluice.store.transfer.Download;
import io.sluice.store.transfer.Upload;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much is on its way at once, and what it takes. */
final class StreamLimitsTest {
  private static final long TIB = 1L << 40;

  @ParameterizedTest
  @CsvSource({"8, 32", "1, 32", "4, 32", "16, 16", "256, 1"})
  void moreRequestsHaveSmallerRanges(int concurrency, int mebibytes) throws Failure {
    assertThat(ofGet(concurrency, null))
        .isEqualTo(new Download.Limits(concurrency, mebibytes << 20));
  }

  @ParameterizedTest
  @CsvSource({"8, 16M, 128M", "10, 20M, 128M", "4, 16M, 80M", "8, 100M, 200M", "1, 5M, 10M"})
  void partsOnTheirWayAndTheNextOneHaveTheirMemory(int concurrency, String part, String memory)
      throws Failure {
    assertThat(ofPut(concurrency, size(part), null).memory()).isEqualTo(size(memory).bytes());
  }

  /** As the help says. (G43, G87, T47) */
  @Test
  void everyStreamFitsThatAnObjectHoldsUnlessMemoryIsBounded() throws Failure {
    assertThat(ofPut(8, null, null).largestStream()).isEqualTo(5 * TIB);
    assertThat(ofPut(8, null, size("144M")).largestStream()).isBetween(6 * TIB / 5, 4 * TIB / 3);
    assertThat(ofPut(8, null, size("512M")).largestStream()).isGreaterThan(19 * TIB / 5);
    assertThat(ofPut(8, null, size("1G")).largestStream()).isEqualTo(5 * TIB);
  }

  @Test
  void partsThatAreTooSmallBecomeAsLargeAsStoresWantThem() throws Failure {
    Upload.Limits limits = ofPut(8, size("1K"), null);
    assertThat(limits.parts().base()).isEqualTo(5 << 20);
    assertThat(ofPut(8, size("5000001"), null).parts().base()).isEqualTo(5 << 20);
    assertThat(ofPut(8, size("6000000"), null).parts().base()).isEqualTo(6 << 20);
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> ofGet(8, size("1K"))).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> ofGet(8, size("2G"))).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> ofPut(8, size("2G"), null)).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> ofPut(8, size("16M"), size("15M")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("--memory");
  }

  /** Before the heap is full in the middle of it. */
  @ParameterizedTest
  @CsvSource({"--memory, 1900M", "--part-size, 1G"})
  void morePartsThanTheHeapHoldsAreRefused(String option, String size) {
    boolean isMemory = option.equals("--memory");
    assertThatThrownBy(
            () ->
                StreamLimits.ofPut(
                    8, isMemory ? null : size(size), isMemory ? size(size) : null, 2L << 30))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(option)
        .hasMessageContaining("-Xmx3g");
  }

  @Test
  void moreRangesThanTheHeapHoldsAreRefused() throws Failure {
    assertThatThrownBy(() -> StreamLimits.ofGet(8, size("200M"), 2L << 30))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("--range-size 200.0 MiB")
        .hasMessageContaining("-Xmx3g");
    assertThat(StreamLimits.ofGet(8, null, 128 << 20).requests()).isEqualTo(8);
  }

  private static Download.Limits ofGet(int concurrency, @Nullable ByteSize range) throws Failure {
    return StreamLimits.ofGet(concurrency, range, Long.MAX_VALUE);
  }

  private static Upload.Limits ofPut(
      int concurrency, @Nullable ByteSize part, @Nullable ByteSize memory) throws Failure {
    return StreamLimits.ofPut(concurrency, part, memory, Long.MAX_VALUE);
  }

  private static ByteSize size(String text) {
    return ByteSize.parse(text);
  }
}
