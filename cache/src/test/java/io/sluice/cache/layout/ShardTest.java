package io.sluice.cache.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardTest {
  private static List<String> next(String key, int most) {
    return Shard.of(key).map(shard -> shard.next(most)).orElse(List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "model-00002-of-00008.safetensors, model-00003-of-00008.safetensors",
    "a/b-1/model-00009-of-00100.safetensors, a/b-1/model-00010-of-00100.safetensors",
    "llama/q4_k_m-00001-of-00003.gguf, llama/q4_k_m-00002-of-00003.gguf",
    "pytorch_model-00001-of-00002.bin, pytorch_model-00002-of-00002.bin",
    "model.fp16-00001-of-00002.safetensors, model.fp16-00002-of-00002.safetensors",
    "tf-00001-of-00002, tf-00002-of-00002",
    "original/consolidated.00.pth, original/consolidated.01.pth",
    "consolidated.09.pth, consolidated.10.pth",
    "consolidated-00001-of-00002.safetensors, consolidated-00002-of-00002.safetensors",
  })
  void theNextOneIsBesideIt(String key, String next) {
    assertThat(next(key, 1)).containsExactly(next);
  }

  @Test
  void asManyFollowAsTheNameSays() {
    assertThat(next("m-00006-of-00008.gguf", 100))
        .containsExactly("m-00007-of-00008.gguf", "m-00008-of-00008.gguf");
    assertThat(next("m-00008-of-00008.gguf", 100)).isEmpty();
    assertThat(next("consolidated.97.pth", 100))
        .containsExactly("consolidated.98.pth", "consolidated.99.pth");
  }

  @Test
  void noMoreThanAskedFor() {
    assertThat(next("m-000000001-of-999999999.gguf", 2)).hasSize(2);
    assertThat(next("m-00001-of-00008.gguf", 0)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "model.safetensors",
        "model-00009-of-00008.safetensors",
        "model-00001-of-00008.safetensors/part",
        "model-1111111111-of-2222222222.gguf",
        "model-of-00002.gguf",
        "consolidated.pth",
        "consolidated.1.pth",
        "notconsolidated.00.pth",
      })
  void otherNamesAreNoShards(String key) {
    assertThat(Shard.of(key)).isEmpty();
  }
}
