package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which files are those of a model. */
@NullMarked
class WholeFilesTest {
  @ParameterizedTest
  @CsvSource({
    "a/model.safetensors, true",
    "m.gguf, true",
    "a/b/c/weights.bin, true",
    "config.json, false",
    "bin, false",
    "a.bin/readme, false",
  })
  void modelFilesAreToldByTheirUsualNames(String key, boolean isModel) {
    assertThat(WholeFiles.USUAL.isModel(key)).isEqualTo(isModel);
  }

  @Test
  void otherNamesTakeThePlaceOfTheUsualOnes() {
    var files =
        WholeFiles.USUAL.withModels(
            List.of(KeyPattern.parse("*.w"), KeyPattern.parse("llama/**/part-*")));
    assertThat(files.isModel("a/b/x.w")).isTrue();
    assertThat(files.isModel("llama/1/part-7")).isTrue();
    assertThat(files.isModel("other/part-7")).isFalse();
    assertThat(files.isModel("x.safetensors")).isFalse();
  }
}
