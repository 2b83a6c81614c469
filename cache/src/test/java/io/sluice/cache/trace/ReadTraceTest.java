package io.sluice.cache.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.ByteRange;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class ReadTraceTest {
  @ParameterizedTest
  @FieldSource("io.sluice.cache.trace.ReadTrace#NAMES")
  void eachReadIsOneRequestOfTheKernelWithinTheFile(String name) {
    ReadTrace trace = ReadTrace.named(name);
    assertThat(trace.how()).isNotBlank();
    for (ByteRange read : trace.reads()) {
      assertThat(read.isEmpty()).isFalse();
      assertThat(read.length()).isLessThanOrEqualTo(128 << 10);
      assertThat(read.end()).isLessThanOrEqualTo(trace.size());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "sequential-read, 2048",
    "mmap-scan, 2048",
    "mmap-shuffled, 2048",
    "strided-16-threads, 4098",
    "safetensors-mmap, 2301",
    "safetensors-8-threads, 2361",
    "gguf-mmap, 2328",
    "gguf-populated-mmap, 2297",
    "torch-zip, 2275",
  })
  void aLoaderReadsAllOfItsFile(String name, int requests) {
    ReadTrace trace = ReadTrace.named(name);
    assertThat(trace.reads()).hasSize(requests);
    var pages = new BitSet();
    for (ByteRange read : trace.reads())
      pages.set((int) (read.start() >> 12), (int) ((read.end() + 4095) >> 12));
    assertThat(pages.cardinality()).isEqualTo((int) ((trace.size() + 4095) >> 12));
  }

  @Test
  void smallRandomReadsOfALargeFileAreOnePageEach() {
    ReadTrace trace = ReadTrace.named("random-4k");
    assertThat(trace.size()).isEqualTo(10L << 30);
    assertThat(trace.reads()).hasSize(400).allMatch(read -> read.length() == 4096);
  }
}
