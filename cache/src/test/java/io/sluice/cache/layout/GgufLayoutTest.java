package io.sluice.cache.layout;

import static io.sluice.cache.layout.Search.range;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.ByteRange;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GgufLayoutTest {
  /** Writes headers. */
  private static final class Header {
    private final ByteBuffer bytes =
        ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN).put("GGUF".getBytes(UTF_8));

    Header(int version, long tensors, long pairs) {
      bytes.putInt(version).putLong(tensors).putLong(pairs);
    }

    Header string(String value) {
      bytes.putLong(value.length()).put(value.getBytes(UTF_8));
      return this;
    }

    Header alignment(int value) {
      string("general.alignment").bytes.putInt(4).putInt(value);
      return this;
    }

    Header tensor(String name, long offset) {
      string(name).bytes.putInt(2).putLong(64).putLong(64).putInt(9999).putLong(offset);
      return this;
    }

    byte[] end() {
      return Arrays.copyOf(bytes.array(), bytes.position());
    }
  }

  private static List<ByteRange> order(Header header, long size) {
    return Search.order(header.end(), size, new ArrayList<>()).orElse(List.of());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void tensorsComeInTheOrderOfTheirDescriptionsEachToTheNextOne(int version) {
    var header = new Header(version, 3, 0).tensor("c", 640).tensor("a", 0).tensor("b", 320);
    // 24 + 3 * 41 bytes of header, rounded up to 160
    assertThat(order(header, 2000))
        .containsExactly(range(0, 160), range(800, 2000), range(160, 800));
  }

  @Test
  void theAlignmentOfTheFileCounts() {
    var header = new Header(3, 1, 1).alignment(512).tensor("a", 1024);
    assertThat(order(header, 4000)).containsExactly(range(0, 512), range(1536, 4000));
  }

  @Test
  void valuesOfAllTypesAreSkipped() {
    var header = new Header(3, 1, 4);
    header.string("scalar").bytes.putInt(7).put((byte) 1);
    header.string("text").bytes.putInt(8);
    header.string("some text").string("list").bytes.putInt(9).putInt(8).putLong(2);
    header.string("one").string("two").string("nested").bytes.putInt(9).putInt(9).putLong(2);
    header.bytes.putInt(2).putLong(3).putShort((short) 1).putShort((short) 2).putShort((short) 3);
    header.bytes.putInt(12).putLong(1).putDouble(0.5);
    assertThat(order(header.tensor("a", 0), 4000)).containsExactly(range(0, 4000));
  }

  @Test
  void tensorsThatShareTheirBytesAreFetchedOnce() {
    var header = new Header(3, 3, 0).tensor("a", 0).tensor("b", 0).tensor("c", 32);
    assertThat(order(header, 300)).containsExactly(range(0, 300));
  }

  @Test
  void aLongHeaderIsAskedForInGrowingSteps() {
    var header = new Header(3, 1, 1).string("tokens");
    header.bytes.putInt(9).putInt(8).putLong(30_000);
    for (int i = 0; i < 30_000; i++) header.string("token");
    List<ByteRange> reads = new ArrayList<>();
    assertThat(Search.order(header.tensor("a", 0).end(), 1L << 40, reads))
        .contains(List.of(range(0, 1L << 40)));
    assertThat(reads).containsExactly(range(0, 64 << 10), range(0, 256 << 10), range(0, 1 << 20));
  }

  @Test
  void aHeaderWithoutAnEndIsGivenUpAtTheBound() {
    var header = new Header(3, 1, 1).string("tokens");
    header.bytes.putInt(9).putInt(8).putLong(Long.MAX_VALUE); // empty ones, for ever
    List<ByteRange> reads = new ArrayList<>();
    assertThat(Search.order(header.end(), 1L << 40, reads)).isEmpty();
    assertThat(reads.getLast()).isEqualTo(range(0, LayoutSearch.MOST_BYTES));
  }

  @Test
  void nonsenseIsNoLayout() {
    assertThat(order(new Header(1, 0, 0), 4000)).isEmpty();
    assertThat(order(new Header(0x03000000, 0, 0), 4000)).isEmpty(); // big-endian
    assertThat(order(new Header(3, -1, 0), 4000)).isEmpty();
    assertThat(order(new Header(3, 1L << 40, 0), 4000)).isEmpty();
    assertThat(order(new Header(3, 1, -1), 4000)).isEmpty();
    assertThat(order(new Header(3, 1, 1).alignment(0).tensor("a", 0), 4000)).isEmpty();
    assertThat(order(new Header(3, 1, 1).alignment(48).tensor("a", 0), 4000)).isEmpty();
    assertThat(order(new Header(3, 1, 0).tensor("a", -32), 4000)).isEmpty();
    assertThat(order(new Header(3, 1, 0).tensor("a", 4000), 4000)).isEmpty();
    assertThat(order(new Header(3, 1, 0).tensor("a", Long.MAX_VALUE), 4000)).isEmpty();
  }

  @Test
  void lengthsThatLeadOutOfTheFileAreNoLayout() {
    for (long length : new long[] {-1, 4000, Long.MAX_VALUE, Long.MIN_VALUE}) {
      var name = new Header(3, 1, 0);
      name.bytes.putLong(length);
      assertThat(order(name, 4000)).isEmpty();
      var list = new Header(3, 1, 1).string("list");
      list.bytes.putInt(9).putInt(10).putLong(length);
      assertThat(order(list, 4000)).isEmpty();
    }
  }

  @Test
  void deepNestingIsNoLayout() {
    var header = new Header(3, 1, 1).string("nested");
    header.bytes.putInt(9);
    for (int depth = 0; depth < 10_000; depth++) header.bytes.putInt(9).putLong(1);
    assertThat(order(header, 1 << 30)).isEmpty();
  }
}
