package io.sluice.store.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ObjectMeta;
import io.sluice.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code head} owes. */
abstract class HeadContract extends ContractPart {
  /** Of the server and of this machine, at most. */
  private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_000_003})
  void tellsTheSize(int size) throws Exception {
    put("k", bytes(size));
    assertThat(store().head("k").size()).isEqualTo(size);
  }

  @Test
  void namesTheKey() throws Exception {
    put("a/b/c.bin", "x");
    assertThat(store().head("a/b/c.bin").key()).isEqualTo("a/b/c.bin");
  }

  @Test
  void anAbsentKeyIsNotFoundAndNamed() {
    assertThatThrownBy(() -> store().head("no/such.bin"))
        .isInstanceOf(StoreException.NotFound.class)
        .hasMessageContaining("no/such.bin");
  }

  @Test
  void aPrefixIsNoObject() throws Exception {
    put("a/b", "x");
    assertThatThrownBy(() -> store().head("a")).isInstanceOf(StoreException.NotFound.class);
    assertThatThrownBy(() -> store().head("a/")).isInstanceOf(StoreException.NotFound.class);
  }

  @Test
  void aKeyBelowAnObjectIsNotFound() throws Exception {
    put("a", "x");
    assertThatThrownBy(() -> store().head("a/b")).isInstanceOf(StoreException.NotFound.class);
  }

  @Test
  void aDeletedObjectIsNotFound() throws Exception {
    put("k", "x");
    delete("k");
    assertThatThrownBy(() -> store().head("k")).isInstanceOf(StoreException.NotFound.class);
  }

  @Test
  void otherBytesAreAnotherVersion() throws Exception {
    put("k", "aaaa");
    ObjectMeta before = store().head("k");
    put("k", "bbbb");
    assertThat(store().head("k").version()).isNotEqualTo(before.version());
  }

  @Test
  void anUntouchedObjectStaysTheSame() throws Exception {
    put("k", "aaaa");
    ObjectMeta before = store().head("k");
    put("l", "bbbb");
    assertThat(store().head("k")).isEqualTo(before);
  }

  @Test
  void tellsWhenItWasWritten() throws Exception {
    Instant before = Instant.now();
    put("k", "x");
    assertThat(store().head("k").lastModified())
        .isBetween(before.minus(CLOCKS_APART), Instant.now().plus(CLOCKS_APART));
  }

  @Test
  void aSecondCloseDoesNothing() {
    store().close();
    store().close();
  }
}
