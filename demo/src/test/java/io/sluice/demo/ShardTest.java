package io.sluice.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A shard is what a loader of safetensors accepts. */
final class ShardTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2048, 1 << 20, 8 << 20, (8 << 20) + 2048, 20_000_000})
  void aShardIsASafetensorsFile(long size) throws IOException {
    ModelFile file = Shard.of(2, 4, size).file();
    byte[] bytes = file.content().get().readAllBytes();
    assertThat(bytes).hasSize((int) file.size());
    assertThat(file.name()).isEqualTo("model-00002-of-00004.safetensors");

    ByteBuffer content = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int headerLength = (int) content.getLong();
    assertThat(headerLength % 8).as("alignment of the tensors").isEqualTo(0);
    JsonNode header = new ObjectMapper().readTree(new String(bytes, 8, headerLength, UTF_8));
    assertThat(header.at("/__metadata__/format").asString()).isEqualTo("pt");

    long end = 0;
    for (Map.Entry<String, JsonNode> tensor : header.properties()) {
      if (tensor.getKey().equals("__metadata__")) continue;
      JsonNode place = tensor.getValue();
      assertThat(place.get("dtype").asString()).isEqualTo("BF16");
      assertThat(place.at("/data_offsets/0").asLong()).as("no hole").isEqualTo(end);
      end = place.at("/data_offsets/1").asLong();
      long numbers = place.at("/shape/0").asLong() * place.at("/shape/1").asLong();
      assertThat(end - place.at("/data_offsets/0").asLong()).isEqualTo(2 * numbers);
    }
    assertThat(8 + headerLength + end).as("nothing behind the last").isEqualTo(file.size());
  }
}
