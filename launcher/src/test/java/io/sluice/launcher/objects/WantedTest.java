package io.sluice.launcher.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.objects.Wanted.Reading;
import io.sluice.store.testkit.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WantedTest {
  private final MemoryStore store = new MemoryStore();

  @BeforeEach
  void fill() {
    for (String key : List.of("llama", "llama/a", "llama/b/c", "llama-2/x", "llama2", "q[1]?"))
      store.put(key, "1".getBytes(UTF_8));
  }

  private List<String> found(String url, boolean isRecursive, boolean isLiteral) throws Exception {
    List<String> keys = new ArrayList<>();
    Wanted.of(url, new Reading(isRecursive, isLiteral))
        .find(store, object -> keys.add(object.key()));
    return keys;
  }

  @Test
  void whatIsBelowIsNotWhatIsCalledAlike() throws Exception {
    assertThat(found("s3://b/llama", true, false)).containsExactly("llama", "llama/a", "llama/b/c");
    assertThat(found("s3://b/llama/", true, false)).containsExactly("llama/a", "llama/b/c");
    assertThat(found("s3://b", true, false)).hasSize(6);
    assertThat(found("s3://b/llam", true, false)).isEmpty();
  }

  @Test
  void aGlobSaysHowDeepItGoes() throws Exception {
    assertThat(found("s3://b/llama/*", false, false)).containsExactly("llama/a");
    assertThat(found("s3://b/llama/**", false, false)).containsExactly("llama/a", "llama/b/c");
    assertThat(found("s3://b/llama?", false, false)).containsExactly("llama2");
    assertThat(found("s3://b/q\\[1\\]\\?", false, false)).containsExactly("q[1]?");
    assertThat(found("s3://b/q[1]?", false, true)).containsExactly("q[1]?");
  }

  @ParameterizedTest
  @CsvSource({
    "s3://b, false, give -r for everything in it",
    "s3://b/, false, give -r for everything in it",
    "s3://b/llama/, false, give -r for everything below it",
    "s3://b/llama/*, true, leave -r out",
    "s3://b/a[, false, --no-glob takes it as it is",
    "llama/*, false, write s3://bucket/key",
  })
  void whatIsNotCleanlySaidIsRefused(String url, boolean isRecursive, String advice) {
    assertThatThrownBy(() -> found(url, isRecursive, false))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(advice);
  }
}
