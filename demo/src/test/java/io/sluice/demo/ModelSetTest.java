package io.sluice.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The model as a whole. */
final class ModelSetTest {
  private static final long SIZE = 40 << 20;

  private final ModelSet model = ModelSet.of(SIZE);

  private ModelFile file(String name) {
    return model.files().stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
  }

  private JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(file(name).content().get());
  }

  @Test
  void itIsAboutAsLargeAsAskedFor() {
    assertThat(model.size()).isBetween(SIZE, SIZE + 100_000);
  }

  @Test
  void itHasTheFilesOfAPublishedModel() {
    assertThat(model.files())
        .extracting(ModelFile::name)
        .containsExactly(
            "config.json",
            "model-00001-of-00004.safetensors",
            "model-00002-of-00004.safetensors",
            "model-00003-of-00004.safetensors",
            "model-00004-of-00004.safetensors",
            "model.safetensors.index.json");
    assertThat(model.files())
        .allSatisfy(f -> assertThat(f.content().get().readAllBytes()).hasSize((int) f.size()));
  }

  @Test
  void theIndexNamesTheShardOfEachTensor() throws IOException {
    JsonNode index = json("model.safetensors.index.json");
    assertThat(index.get("weight_map").properties())
        .isNotEmpty()
        .allSatisfy(entry -> assertThat(file(entry.getValue().asString()).size()).isPositive());
    assertThat(index.at("/metadata/total_size").asLong()).isEqualTo(SIZE);
    assertThat(json("config.json").get("hidden_size").asInt()).isEqualTo(1024);
  }

  @Test
  void itIsTheSameEachTimeAndNoTwoShardsAreAlike() throws IOException {
    byte[] once = file("model-00001-of-00004.safetensors").content().get().readAllBytes();
    assertThat(file("model-00001-of-00004.safetensors").content().get().readAllBytes())
        .isEqualTo(once);
    assertThat(file("model-00002-of-00004.safetensors").content().get().readAllBytes())
        .isNotEqualTo(once);
  }
}
