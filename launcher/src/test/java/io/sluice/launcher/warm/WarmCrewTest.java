package io.sluice.launcher.warm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cache.BlockCache;
import io.sluice.cache.CacheSettings;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.warm.WarmTally.Outcome;
import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import io.sluice.store.testkit.MemoryStore;
import io.sluice.store.testkit.PassingStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of objects that a warming meets. */
@Timeout(60)
final class WarmCrewTest {
  private final MemoryStore memory = new MemoryStore();
  private final Queue<String> said = new ConcurrentLinkedQueue<>();
  @TempDir private Path data = Path.of("");

  private BlockCache cache(long most) throws Exception {
    var fetching = CacheSettings.Fetching.with(CacheSettings.Requests.fixed(2));
    return BlockCache.open(
        CacheSettings.of(data, new CacheSettings.Space(most, 0), fetching), "store", memory);
  }

  @Test
  void whatFailsUnexpectedlyHasFailed() throws Exception {
    var broken =
        new PassingStore(memory) {
          @Override
          public ObjectMeta head(String key) throws StoreException {
            throw new IllegalStateException("a bug");
          }
        };
    try (BlockCache cache = cache(1 << 30);
        var crew = new WarmCrew(broken, 1, said::add)) {
      crew.key("k");
      crew.allFound();
      crew.work(new WarmWork.Check(cache, false, said::add));
      assertThat(crew.tally().count(Outcome.FAILED)).isEqualTo(1);
      assertThat(crew.tally().code()).isNotEqualTo(ExitCode.OK);
    }
    assertThat(said).singleElement().asString().startsWith("k: ").contains("a bug");
  }

  @Test
  void whatWasReplacedTakesNoRoomBesideWhatItIsNow() throws Exception {
    ObjectVersion old = memory.put("k", "before").version();
    ObjectVersion now = memory.put("k", "after").version();
    long each;
    try (BlockCache cache = cache(1 << 30)) {
      each = cache.footprint(now, List.of());
    }
    try (BlockCache cache = cache(2 * each - 1)) {
      var fetch = new WarmWork.Fetch(cache, () -> false, said::add);
      assertThatThrownBy(() -> fetch.on(old, new WarmJob("k", old)))
          .isInstanceOf(StoreException.Changed.class);
      assertThat(fetch.on(now, new WarmJob("k", now))).isEqualTo(Outcome.THERE);
    }
    assertThat(said).isEmpty();
  }
}
