package io.sluice.fs.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.StoreException;
import io.sluice.store.testkit.MemoryStore;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever goes wrong in a call, its caller gets an error, never silence or made-up bytes. */
@Timeout(60)
class GuardIT {
  private final MemoryStore objects = new MemoryStore();
  private final HookedStore store = new HookedStore(objects);

  @Test
  void anErrorInOurOwnCodeIsEIOAndTheMountLives() throws Exception {
    objects.put("k", "text");
    try (var mount = TestMount.of(store)) {
      store.set(
          (_, _) -> {
            throw new AssertionError("a bug, for the test");
          });
      assertThatThrownBy(() -> Files.readString(mount.path("k")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Input/output error");
      store.set((_, _) -> {});
      assertThat(Files.readString(mount.path("k"))).isEqualTo("text");
    }
  }

  @Test
  void aRefusedReadIsEACCES() throws Exception {
    objects.put("k", "text");
    try (var mount = TestMount.of(store)) {
      store.set(
          (version, _) -> {
            throw new StoreException.Denied(version.key(), null);
          });
      assertThatThrownBy(() -> Files.readString(mount.path("k")))
          .satisfiesAnyOf(
              e -> assertThat(e).isInstanceOf(AccessDeniedException.class),
              e -> assertThat(e).hasMessageContaining("Permission denied"));
    }
  }

  @Test
  void aStoreThatCannotBeReachedIsEIOAndReadsGoOnWhenItIsBack() throws Exception {
    objects.put("k", "text");
    try (var mount = TestMount.of(store)) {
      store.set(
          (version, _) -> {
            throw new StoreException.Unavailable(version.key(), null);
          });
      assertThatThrownBy(() -> Files.readString(mount.path("k")))
          .hasMessageContaining("Input/output error");
      store.set((_, _) -> {});
      assertThat(Files.readString(mount.path("k"))).isEqualTo("text");
    }
  }
}
