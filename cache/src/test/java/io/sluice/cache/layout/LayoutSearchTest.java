package io.sluice.cache.layout;

import static io.sluice.cache.layout.Search.range;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ByteRange;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutSearchTest {
  @Test
  void aSafetensorsFileOfItsLibraryIsReadFromStartToEnd() {
    assertThat(Search.order(Search.sample("sample.safetensors"))).contains(List.of(range(0, 2152)));
  }

  @Test
  void aGgufFileOfItsLibraryIsReadFromStartToEnd() {
    assertThat(Search.order(Search.sample("sample.gguf"))).contains(List.of(range(0, 2496)));
  }

  @Test
  void anArchiveLikeTorchsIsReadFromItsDirectoryThenFromStartToDirectory() {
    assertThat(Search.order(Search.sample("sample.zip")))
        .contains(List.of(range(2242, 2812), range(0, 2242)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sample.safetensors", "sample.gguf", "sample.zip"})
  void whateverIsDamagedOrMissingThereIsNoExceptionAndNoRangeOutsideTheFile(String name) {
    byte[] whole = Search.sample(name);
    for (int length = 0; length < whole.length; length++)
      assertThatItIsAnOrder(Search.order(Arrays.copyOf(whole, length)), length);
    var random = new Random(42);
    for (int at = 0; at < whole.length; at++) {
      for (int value : new int[] {0, 0x7f, 0xff, random.nextInt(256)}) {
        byte[] damaged = whole.clone();
        damaged[at] = (byte) value;
        assertThatItIsAnOrder(Search.order(damaged), whole.length);
      }
    }
  }

  private static void assertThatItIsAnOrder(Optional<List<ByteRange>> order, long size) {
    if (order.isEmpty()) return;
    long end = 0;
    for (ByteRange range :
        order.get().stream().sorted((a, b) -> Long.compare(a.start(), b.start())).toList()) {
      if (range.isEmpty() || range.start() < end || range.end() > size)
        throw new AssertionError(order + " of " + size);
      end = range.end();
    }
  }

  @Test
  void otherFilesHaveNoLayout() {
    assertThat(Search.order(new byte[0])).isEmpty();
    assertThat(Search.order(new byte[100_000])).isEmpty();
    assertThat(Search.order("only a text, but a long one".getBytes(US_ASCII))).isEmpty();
  }

  @Test
  void bytesOtherThanThoseAskedForAreAnErrorOfTheCaller() {
    var needs = (LayoutSearch.Needs) LayoutSearch.of(1000);
    assertThat(needs.bytes()).isEqualTo(range(0, 1000));
    assertThatThrownBy(() -> needs.with(ByteBuffer.allocate(999)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("999 bytes for 0..1000");
  }
}
