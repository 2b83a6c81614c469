package io.sluice.launcher.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.StoreException;
import io.sluice.store.testkit.MemoryStore;
import io.sluice.store.transfer.checksum.Expected;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which of the MD5s beside an object is its own. */
final class GofrSumsTest {
  private static final Instant WRITTEN = Instant.ofEpochSecond(1_000);
  private static final byte[] SUM =
      "5d41402abc4b2a76b9719d911017c592".getBytes(StandardCharsets.US_ASCII);

  private final MemoryStore store = new MemoryStore();

  private Optional<String> expected(GofrSums.Neighbour neighbour) throws IOException {
    store.put("k", new byte[5], WRITTEN);
    return new GofrSums("b", store, neighbour).of(store.describe("k")).map(Expected::source);
  }

  @Test
  void whatWasWrittenWithTheObjectIsIts() throws Exception {
    store.put(".md5/k.md5", SUM, WRITTEN);
    assertThat(expected((_, _) -> Optional.empty())).contains(".md5/k.md5");
  }

  /** The object was replaced by a program that writes no such sums. */
  @Test
  void whatIsOlderThanTheObjectIsNot() throws Exception {
    store.put(".md5/k.md5", SUM, WRITTEN.minusSeconds(1));
    assertThat(expected((_, _) -> Optional.empty())).isEmpty();
  }

  @Test
  void aNeighbourThatCannotBeAskedHasNone() throws Exception {
    GofrSums.Neighbour elsewhere =
        (_, _) -> {
          throw new StoreException.Unavailable("unknown host", null);
        };
    assertThat(expected(elsewhere)).isEmpty();
  }
}
