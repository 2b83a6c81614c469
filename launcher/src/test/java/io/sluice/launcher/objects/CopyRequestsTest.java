package io.sluice.launcher.objects;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody waits for a turn while others send what takes minutes. */
final class CopyRequestsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 16, 64})
  void thereAreAsManyTurnsAsThereCanBeRequests(int requests) {
    var several = CopyRequests.of(requests, false);
    int large = Math.min(CopyRequests.LARGE, several.objects());
    assertThat(large * several.ofLarge() + several.objects() - large)
        .isLessThanOrEqualTo(several.turns())
        .isLessThanOrEqualTo(2 * requests);
    assertThat(large * several.ofLarge()).isLessThanOrEqualTo(Math.max(requests, 1));
    var alone = CopyRequests.of(requests, true);
    assertThat(alone.ofLarge()).isEqualTo(requests).isLessThanOrEqualTo(alone.turns());
  }
}
