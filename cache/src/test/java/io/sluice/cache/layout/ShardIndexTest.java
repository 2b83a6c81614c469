package io.sluice.cache.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardIndexTest {
  private static Optional<ShardIndex> parse(String json) {
    return ShardIndex.parse(ByteBuffer.wrap(json.getBytes(UTF_8)));
  }

  @Test
  void filesComeInTheOrderInWhichTheyAreFirstNamed() {
    ShardIndex index =
        parse(
                """
                {"metadata": {"total_size": 16060522496, "note": [1]}, "other": {},
                 "weight_map": {"lm_head": "model-2.safetensors", "embed": "model-1.safetensors",
                                "norm": "model-2.safetensors"}}
                """)
            .orElseThrow();
    assertThat(index.files()).containsExactly("model-2.safetensors", "model-1.safetensors");
    assertThat(index.totalSize()).hasValue(16060522496L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"weight_map\":{\"a\":\"f\"}}",
        "{\"weight_map\":{\"a\":\"f\"},\"metadata\":null}",
        "{\"weight_map\":{\"a\":\"f\"},\"metadata\":{\"total_size\":\"many\"}}",
      })
  void theTotalMayBeMissing(String json) {
    assertThat(parse(json).orElseThrow().totalSize()).isEqualTo(OptionalLong.empty());
  }

  @Test
  void aTotalWrittenAsAFractionCounts() {
    assertThat(parse("{\"metadata\":{\"total_size\":1.6e10},\"weight_map\":{\"a\":\"f\"}}"))
        .hasValueSatisfying(index -> assertThat(index.totalSize()).hasValue(16_000_000_000L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"weight_map\":{}}",
        "{\"weight_map\":[\"f\"]}",
        "{\"weight_map\":{\"a\":{}}}",
        "{\"weight_map\":{\"a\":\"\"}}",
        "{\"weight_map\":{\"a\":\"../secret\"}}",
        "{\"weight_map\":{\"a\":\"f\"}",
        "{\"weight_map\":{\"a\":\"f\"}} trailing",
      })
  void anythingElseIsNoIndex(String json) {
    assertThat(parse(json)).isEmpty();
  }

  @Test
  void anIndexIsKnownByItsName() {
    assertThat(ShardIndex.isOne("llama/model.safetensors.index.json")).isTrue();
    assertThat(ShardIndex.isOne("pytorch_model.bin.index.json")).isTrue();
    assertThat(ShardIndex.isOne("model.safetensors.index.fp16.json")).isFalse();
    assertThat(ShardIndex.isOne("config.json")).isFalse();
  }
}
