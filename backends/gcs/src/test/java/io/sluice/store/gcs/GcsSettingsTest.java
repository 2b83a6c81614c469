package io.sluice.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that cannot work are refused before anybody is asked. */
final class GcsSettingsTest {
  private static GcsSettings at(String bucket, String url) {
    return GcsSettings.of(bucket, Optional.of(URI.create(url)), GcsSettings.Access.ANONYMOUS, 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc",
        "my-models",
        "my_models",
        "1-2",
        "models.example.com",
        "a.b",
        "x-g00d",
        "gcp-models"
      })
  void aNameThatFollowsTheRulesIsTaken(String name) {
    assertThat(BucketName.problem(name)).isEmpty();
    assertThat(at(name, "http://localhost:4443").bucket()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "ab, 3 to 63",
    "Models, lower-case",
    "-models, both ends",
    "models_, both ends",
    "a b c, lower-case",
    "a..b, two dots",
    "192.168.5.4, IP address",
    "goog-models, reserved goog",
    "my-google-models, reserved word",
    "my-g00gle-models, reserved word",
    "1234567890123456789012345678901234567890123456789012345678901234, 3 to 63",
    "a.1234567890123456789012345678901234567890123456789012345678901234, between two dots",
  })
  void aNameThatBreaksARuleIsRefusedWithTheRule(String name, String rule) {
    assertThatThrownBy(() -> at(name, "http://localhost"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name)
        .hasMessageContaining(rule);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost:4443", "ftp://host", "http:///path", "https://u:p@host", "//h"})
  void whatIsNoUrlIsRefused(String url) {
    assertThatThrownBy(() -> at("models", url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("http(s)://host[:port]");
  }

  @Test
  void nobodyHasNoCredentials() {
    assertThatThrownBy(
            () -> new GcsSettings.Access(true, Optional.of(Path.of("f")), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
