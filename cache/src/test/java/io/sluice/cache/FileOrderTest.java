package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cache.Span.Urgency;
import io.sluice.store.ByteRange;
import io.sluice.store.ObjectVersion;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files are fetched in the order that their own header tells. */
@NullMarked
@Timeout(180)
class FileOrderTest extends CacheFixture {
  private static final int MIB = 1 << 20;

  /** Three tensors of 4 MiB, of which the header names the last one before the second. */
  private static byte[] safetensors() {
    String header =
        """
        {"a":{"dtype":"U8","shape":[4194304],"data_offsets":[0,4194304]},\
        "c":{"dtype":"U8","shape":[4194304],"data_offsets":[8388608,12582912]},\
        "b":{"dtype":"U8","shape":[4194304],"data_offsets":[4194304,8388608]}}""";
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    byte[] all = Bucket.bytes(8 + json.length + 12 * MIB);
    ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json);
    return all;
  }

  @Test
  void theHeaderSaysTheOrderOnceItIsHere() {
    byte[] bytes = safetensors();
    long data = bytes.length - 12L * MIB;
    var layout = new BlockLayout(bytes.length, 32 << 10);
    try (var blocks =
        Blocks.inMemory(
            layout, new MemoryRing(MIB, 32 << 10), new FileCounters("k", new CacheCounters()))) {
      var order = new FileOrder(blocks, true);
      var all = List.of(new ByteRange(0, bytes.length));
      order.learn();
      assertThat(order.ranges()).as("with nothing here").isEqualTo(all);
      assertThat(order.neededToKnow(blocks::isMissing)).contains(new Span(0, 2, Urgency.WHOLE));
      arrive(blocks, 0, bytes);
      order.learn();
      assertThat(order.ranges()).as("with half of what is needed").isEqualTo(all);
      arrive(blocks, 1, bytes);
      order.learn();
      assertThat(order.ranges())
          .containsExactly(
              new ByteRange(0, data + 4 * MIB),
              new ByteRange(data + 8 * MIB, data + 12 * MIB),
              new ByteRange(data + 4 * MIB, data + 8 * MIB));
      assertThat(order.neededToKnow(blocks::isMissing)).isEmpty();
    }
  }

  private static void arrive(Blocks blocks, int block, byte[] bytes) {
    int start = (int) blocks.layout().start(block);
    byte[] part = Arrays.copyOfRange(bytes, start, start + blocks.layout().length(block));
    blocks.arrived(block, ByteBuffer.wrap(part), false);
  }

  @Test
  void aFileWithAnOrderIsFetchedOnceAndRight() throws Exception {
    byte[] bytes = safetensors();
    ObjectVersion version = bucket.put("weights.model", bytes);
    blockSize = 64 << 10;
    try (var cache = open();
        var object = cache.open(version)) {
      read(object, 0, MIB + 1);
      await(() -> cache.statistics().fetched() == bytes.length);
      assertThat(read(object, 0, bytes.length)).isEqualTo(bytes);
    }
    assertThat(bucket.bytesAskedFor()).isEqualTo(bytes.length);
  }

  @Test
  void whatAnOrderLeavesOutComesLast() {
    var order = List.of(new ByteRange(50, 60), new ByteRange(10, 20));
    assertThat(FileOrder.withGaps(order, 100))
        .containsExactly(
            new ByteRange(50, 60),
            new ByteRange(10, 20),
            new ByteRange(0, 10),
            new ByteRange(20, 50),
            new ByteRange(60, 100));
    assertThat(FileOrder.withGaps(List.of(new ByteRange(0, 100)), 100))
        .containsExactly(new ByteRange(0, 100));
  }
}
