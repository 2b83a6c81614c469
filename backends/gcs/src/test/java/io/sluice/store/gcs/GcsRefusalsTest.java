package io.sluice.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.Payload;
import io.sluice.store.PutOptions;
import io.sluice.store.StoreException;
import org.junit.jupiter.api.Test;

/** A server that refuses a large body hangs up before it has all of it; its reason is told. */
final class GcsRefusalsTest extends EmulatorFixture {
  private static final Payload LARGE = Payload.of(new byte[32 << 20]);

  @Test
  void aBucketThatIsNotThere() throws Exception {
    try (GcsStore lost = GcsStore.open(server.settings("no-such-bucket", 1))) {
      assertThatThrownBy(() -> lost.put("k", LARGE, PutOptions.ANY))
          .isInstanceOf(StoreException.NotFound.class)
          .hasMessageContaining("no-such-bucket");
    }
  }

  @Test
  void aConditionThatDoesNotHold() throws Exception {
    store.put("k", LARGE, PutOptions.ANY);
    assertThatThrownBy(() -> store.put("k", LARGE, PutOptions.IF_ABSENT))
        .isInstanceOf(StoreException.Changed.class);
    assertThat(store.head("k").size()).isEqualTo(LARGE.length());
  }
}
