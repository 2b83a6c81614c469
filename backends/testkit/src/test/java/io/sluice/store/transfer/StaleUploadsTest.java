package io.sluice.store.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ObjectAttributes;
import io.sluice.store.StoreException;
import io.sluice.store.UploadId;
import io.sluice.store.testkit.FaultyStore;
import io.sluice.store.testkit.FaultyStore.Fault;
import io.sluice.store.testkit.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StaleUploadsTest {
  /** In memory all uploads began at the epoch. */
  private static final InstantSource A_DAY_LATER =
      InstantSource.fixed(Instant.EPOCH.plus(Duration.ofDays(1)));

  private final MemoryStore memory = new MemoryStore();
  private final FaultyStore store = new FaultyStore(memory);
  private final StaleUploads stale = new StaleUploads(A_DAY_LATER);

  private UploadId pending(String key) {
    try {
      return memory.uploads().create(key, ObjectAttributes.NONE);
    } catch (StoreException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void oldUploadsBelowThePrefixGo() throws Exception {
    UploadId old = pending("a/1");
    UploadId elsewhere = pending("b/1");
    assertThat(stale.abortOlderThan(store, "a/", Duration.ofHours(23))).containsExactly(old);
    assertThat(memory.uploads().pending("")).extracting(u -> u.id()).containsExactly(elsewhere);
  }

  @Test
  void youngUploadsStay() throws Exception {
    pending("a/1");
    assertThat(stale.abortOlderThan(store, "", Duration.ofDays(1))).isEmpty();
    assertThat(memory.uploads().pending("")).hasSize(1);
  }

  @Test
  void oneThatCannotBeAbortedDoesNotKeepTheOthers() throws Exception {
    List<UploadId> all = List.of(pending("1"), pending("2"));
    store.script(
        new Fault.None(), new Fault.Refused(new StoreException.Denied("not that one", null)));
    assertThatThrownBy(() -> stale.abortOlderThan(store, "", Duration.ZERO))
        .hasMessageContaining("not that one");
    assertThat(memory.uploads().pending(""))
        .extracting(u -> u.id())
        .containsExactly(all.getFirst());
  }

  @Test
  void aNegativeAgeIsNone() {
    assertThatThrownBy(() -> stale.abortOlderThan(store, "", Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
