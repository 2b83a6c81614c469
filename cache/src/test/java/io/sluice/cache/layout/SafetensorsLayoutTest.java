package io.sluice.cache.layout;

import static io.sluice.cache.layout.Search.range;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.ByteRange;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsLayoutTest {
  private static final int DATA = 1000;

  /**
   * A header as it stands in a file, blanks behind it so that the tensors begin at {@link #DATA}.
   */
  private static byte[] header(String json) {
    return withLength(json + " ".repeat(DATA - 8 - json.length()));
  }

  private static byte[] withLength(String json) {
    byte[] text = json.getBytes(UTF_8);
    return ByteBuffer.allocate(8 + text.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .array();
  }

  private static String tensor(String name, long start, long end) {
    return "\"%s\":{\"dtype\":\"F16\",\"shape\":[2,3],\"data_offsets\":[%d,%d]}"
        .formatted(name, start, end);
  }

  private static List<ByteRange> order(String json, long size) {
    return Search.order(header(json), size, new ArrayList<>()).orElse(List.of());
  }

  @Test
  void tensorsComeInTheOrderOfTheHeader() {
    String json =
        "{"
            + String.join(
                ",",
                "\"__metadata__\":{\"format\":\"pt\",\"data_offsets\":\"none\"}",
                tensor("c", 200, 300),
                tensor("a", 0, 100),
                tensor("b", 100, 200))
            + "}";
    assertThat(order(json, DATA + 300))
        .containsExactly(range(0, DATA), range(1200, 1300), range(1000, 1200));
  }

  @Test
  void whatNoTensorOwnsIsLeftOut() {
    assertThat(order("{" + tensor("a", 0, 10) + "," + tensor("b", 50, 60) + "}", DATA + 100))
        .containsExactly(range(0, DATA + 10), range(DATA + 50, DATA + 60));
  }

  @Test
  void emptyTensorsAndNoTensorsAtAllAreFine() {
    assertThat(order("{" + tensor("a", 7, 7) + "}", DATA + 10)).containsExactly(range(0, DATA));
    assertThat(order("{}", DATA)).containsExactly(range(0, DATA));
  }

  @Test
  void aFileMayBeLargerThanAnyMemory() {
    long size = DATA + (1L << 45);
    assertThat(order("{" + tensor("a", 0, 1L << 45) + "}", size)).containsExactly(range(0, size));
  }

  @Test
  void aHeaderLongerThanTheFirstLookIsReadOnce() {
    String json =
        IntStream.range(0, 3000)
            .mapToObj(i -> tensor("t" + i, 2999 - i, 3000 - i))
            .collect(Collectors.joining(",", "{", "}"));
    byte[] header = withLength(json);
    List<ByteRange> reads = new ArrayList<>();
    assertThat(Search.order(header, header.length + 3000, reads).orElseThrow())
        .hasSize(3001)
        .endsWith(range(header.length, header.length + 1));
    assertThat(reads).containsExactly(range(0, LayoutSearch.FIRST_LOOK), range(0, header.length));
  }

  @Test
  void moreRangesThanTheBoundAreNoLayout() {
    String json =
        IntStream.rangeClosed(0, LayoutSearch.MOST_RANGES)
            .mapToObj(i -> tensor("", 2L * i, 2L * i + 1))
            .collect(Collectors.joining(",", "{", "}"));
    assertThat(Search.order(withLength(json), 1 << 24, new ArrayList<>())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":{\"data_offsets\":[-1,10]}}",
        "{\"a\":{\"data_offsets\":[10,5]}}",
        "{\"a\":{\"data_offsets\":[0,101]}}",
        "{\"a\":{\"data_offsets\":[0,9223372036854775807]}}",
        "{\"a\":{\"data_offsets\":[0,99999999999999999999]}}",
        "{\"a\":{\"data_offsets\":[0,1e999]}}",
        "{\"a\":{\"data_offsets\":[0,1.5]}}",
        "{\"a\":{\"data_offsets\":[0]}}",
        "{\"a\":{\"data_offsets\":[0,1,2]}}",
        "{\"a\":{\"data_offsets\":null}}",
        "{\"a\":{}}",
        "{\"a\":[]}",
        "{\"a\":7}",
        "{\"a\":{\"data_offsets\":[0,60]},\"b\":{\"data_offsets\":[40,100]}}",
        "{\"a\":{\"data_offsets\":[0,60]},\"a\":{\"data_offsets\":[0,60]}}",
        "{\"a\":{\"data_offsets\":[0,60]}",
        "{\"a\":{\"data_offsets\":[0,60]}} {}",
        "{'a':{'data_offsets':[0,60]}}",
        "{\"__metadata__\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
        "[]",
      })
  void nonsenseIsNoLayout(String json) {
    assertThat(order(json, DATA + 100)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 93, LayoutSearch.MOST_BYTES, 1L << 40, Long.MAX_VALUE, -1})
  void aHeaderThatCannotBeIsNotRead(long length) {
    byte[] file = new byte[100];
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(length).put((byte) '{');
    List<ByteRange> reads = new ArrayList<>();
    assertThat(Search.order(file, 100, reads)).isEmpty();
    assertThat(reads).containsExactly(range(0, 100));
  }
}
