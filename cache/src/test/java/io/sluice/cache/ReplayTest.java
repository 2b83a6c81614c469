package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cache.trace.ReadTrace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the recorded reads of real programs cost: with 16 requests of 20 ms and 80 MB/s each. No
 * more than the row says; what comes of a change prints as the row it would be.
 */
@NullMarked
@Timeout(180)
class ReplayTest {
  @TempDir Path directory;

  /**
   * Most of everything.
   *
   * @param unserved milliseconds until there is a request for what a reader waits for
   * @param seconds of the time that the network is thought to take
   */
  record Bounds(int gets, double mib, double wasted, int atOnce, long unserved, double seconds) {}

  // Reads under way at once are what the kernel reads ahead for one thread, or for each of several.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # trace               | under way | name          | GETs |   MiB | wasted | at once | unserved | s
          sequential-read       |        16 | m.safetensors |   18 | 256.0 |      0 |      16 |        0 | 0.27
          mmap-scan             |        16 | m.safetensors |   35 | 256.0 |      0 |      20 |        0 | 0.28
          mmap-shuffled         |        16 | m.safetensors |   20 | 256.0 |      0 |      18 |        0 | 0.28
          strided-16-threads    |       128 | m.safetensors |   24 | 512.0 |      0 |      20 |        0 | 0.49
          safetensors-mmap      |        16 | m.safetensors |   42 | 284.2 |      0 |      20 |        0 | 0.31
          safetensors-8-threads |        64 | m.safetensors |   44 | 284.2 |      0 |      20 |       30 | 0.31
          gguf-mmap             |        16 | m.safetensors |   39 | 287.2 |      0 |      20 |        0 | 0.31
          gguf-populated-mmap   |        16 | m.safetensors |   35 | 287.2 |      0 |      20 |        0 | 0.31
          torch-zip             |        16 | m.safetensors |   19 | 284.2 |      0 |      17 |        0 | 0.29
          random-4k             |         1 | m.safetensors |  399 |  50.0 |      0 |       1 |        0 | 9.22
          sequential-read       |        16 | m.dat         |   79 | 256.0 |      0 |      20 |        0 | 0.36
          mmap-scan             |        16 | m.dat         |   66 | 256.0 |      0 |      20 |        0 | 0.31
          mmap-shuffled         |        16 | m.dat         |  170 | 256.0 |      0 |      20 |        0 | 1.13
          strided-16-threads    |       128 | m.dat         |  140 | 512.0 |      0 |      20 |      155 | 0.68
          safetensors-mmap      |        16 | m.dat         |   84 | 284.2 |      0 |      20 |        0 | 0.37
          safetensors-8-threads |        64 | m.dat         |  136 | 284.2 |      0 |      20 |       30 | 0.43
          gguf-mmap             |        16 | m.dat         |   89 | 287.2 |      0 |      20 |        0 | 0.44
          gguf-populated-mmap   |        16 | m.dat         |   67 | 287.2 |      0 |      20 |        0 | 0.34
          torch-zip             |        16 | m.dat         |   84 | 284.2 |      0 |      20 |        0 | 0.45
          random-4k             |         1 | m.dat         |  399 |  50.0 |      0 |       1 |        0 | 9.22
          """)
  void aTraceCosts(
      String trace,
      int underWay,
      String name,
      int gets,
      double mib,
      double wasted,
      int atOnce,
      long unserved,
      double seconds)
      throws IOException {
    ReadTrace recorded = ReadTrace.named(trace);
    var most = new Bounds(gets, mib, wasted, atOnce, unserved, seconds);
    try (var replay = new Replay(directory, Replay.Served.of(name, recorded.size()))) {
      Replayed became = replay.run(List.of(Reader.of(recorded.reads(), underWay)));
      assertThat(isWithin(became, most))
          .as("%s as %s: %s; at most %s", trace, name, became.row(), most)
          .isTrue();
    }
  }

  private static boolean isWithin(Replayed actual, Bounds most) {
    double blocks = (1 << 20) / (double) CacheSettings.BLOCK;
    return actual.gets().size() <= most.gets()
        && actual.fetched() <= most.mib() * blocks
        && actual.wasted() <= most.wasted() * blocks
        && actual.mostInFlight() <= most.atOnce()
        && actual.longestUnserved() <= most.unserved() * Replay.MS
        && actual.nanos() <= most.seconds() * 1e9;
  }
}
