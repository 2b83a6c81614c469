package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cache.Replay.Served;
import io.sluice.cache.Replayed.Get;
import io.sluice.cache.Span.Urgency;
import io.sluice.cache.trace.ReadTrace;
import io.sluice.store.ByteRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In which order a file comes that programs read as they were recorded. */
@NullMarked
@Timeout(180)
class ReplayOrderTest {
  @TempDir Path directory;

  private Replayed replay(ReadTrace trace, String key, Map<Long, byte[]> header)
      throws IOException {
    try (var replay = new Replay(directory, Served.of(key, trace.size()).with(header))) {
      return replay.run(List.of(Reader.of(trace.reads(), 16).at(300_000_000)));
    }
  }

  private static List<Long> starts(Replayed became) {
    return became.gets().stream().map(get -> get.asked().start()).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mmap-scan", "gguf-populated-mmap"})
  void whatIsReadFromStartToEndComesFromStartToEnd(String name) throws IOException {
    ReadTrace trace = ReadTrace.named(name);
    for (String key : List.of("m.gguf", "m.dat"))
      assertThat(starts(replay(trace, key, Map.of()))).as(key).isSorted();
  }

  @Test
  void safetensorsComeInTheOrderOfTheHeaderTheHeaderFirst() throws IOException {
    ReadTrace trace = ReadTrace.named("safetensors-mmap");
    List<ByteRange> order = TracedHeaders.order(trace);
    assertThat(Replayed.stepsBack(order.stream().map(ByteRange::start).toList())).isPositive();
    Replayed became = replay(trace, "m.safetensors", TracedHeaders.safetensors(order));
    assertThat(starts(became)).as(became.log()).startsWith(0L);
    assertThat(Replayed.stepsBack(ranks(became, order))).as(became.log()).isZero();
    Replayed without = replay(trace, "m.bin", Map.of());
    assertThat(Replayed.stepsBack(ranks(without, order))).as(without.log()).isPositive();
  }

  /** Where in an order that is which is fetched because all of the file is. */
  private static List<Long> ranks(Replayed became, List<ByteRange> order) {
    return became.gets().stream()
        .filter(get -> get.urgency() == Urgency.WHOLE)
        .map(get -> rank(order, get.asked().start()))
        .toList();
  }

  /** How many bytes come before this place in an order. */
  private static long rank(List<ByteRange> order, long place) {
    long before = 0;
    for (ByteRange range : order) {
      if (range.start() <= place && place < range.end()) return before + place - range.start();
      before += range.length();
    }
    throw new AssertionError(place + " is nowhere");
  }

  @Test
  void theDirectoryOfAnArchiveComesBeforeWhatIsBetweenItAndTheReader() throws IOException {
    long size = 256L << 20;
    Map<Long, byte[]> header = TracedHeaders.zip(size);
    try (var replay = new Replay(directory, Served.of("m.pt", size).with(header))) {
      Replayed became = replay.run(List.of(Reader.ofAll(0, size)));
      Get first =
          became.gets().stream()
              .filter(g -> g.urgency() == Urgency.WHOLE)
              .findFirst()
              .orElseThrow();
      assertThat(first.asked().end()).as(became.log()).isEqualTo(size);
      assertThat(first.span().blocks()).isEqualTo(1);
    }
  }

  @Test
  void aTorchLoaderGetsTheTailFirstAndThenTheStart() throws IOException {
    ReadTrace trace = ReadTrace.named("torch-zip");
    Replayed became = replay(trace, "m.pt", TracedHeaders.zip(trace.size()));
    assertThat(became.gets().getFirst().asked().end()).isEqualTo(trace.size());
    assertThat(became.gets().stream().limit(3).map(get -> get.asked().start())).contains(0L);
  }
}
