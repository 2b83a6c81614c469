package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.ObjectVersion;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a data directory takes is counted while others change it. */
@NullMarked
@Timeout(180)
class StocktakingTest {
  private static final ObjectVersion VERSION = new ObjectVersion("k", "1", 100);
  private static final int BLOCK = 4;

  /** What the one object takes, with one block. */
  private static final long WHOLE = ObjectFiles.OVERHEAD + BLOCK;

  @TempDir Path root;
  private Owners owners = new Owners(Path.of("/"));
  private Owners.Owner owner;
  private UsageFile usage;
  private UsageFile.Account account;

  @BeforeEach
  void anObjectWithABlockIsThere() throws Exception {
    owners = new Owners(root);
    owner = owners.register("a test");
    usage = UsageFile.create(root);
    account = usage.open(owner.id());
    var opener = new ObjectFiles.Opener(1, _ -> true, CacheFixture.BOOT, () -> {}, () -> {});
    Path object = ObjectName.of("test", VERSION).in(root);
    var layout = new BlockLayout(VERSION.size(), BLOCK);
    try (var files = ObjectFiles.open(object, Description.of("test", VERSION), layout, opener)) {
      files.map().claim(0);
      files.map().arrived(0, 0);
    }
  }

  @AfterEach
  void close() {
    account.close();
    owner.close();
  }

  @Test
  void whatIsWrongIsSetRight() throws Exception {
    usage.grew(12345);
    assertThat(new Stocktaking(root, owners).recount(usage, () -> false)).isTrue();
    assertThat(usage.used()).isEqualTo(WHOLE);
  }

  @Test
  void whoIsMetBetweenAChangeAndItsAccountDoesNotLeaveTheSumWrong() throws Exception {
    usage.grew(ObjectFiles.OVERHEAD);
    assertThat(account.reserve(BLOCK, WHOLE)).isTrue();
    var counts = new AtomicInteger();
    boolean isRight =
        new Stocktaking(root, owners)
            .recount(
                usage,
                () -> {
                  // The block is there already when the first count comes.
                  if (counts.getAndIncrement() == 1) account.wrote(BLOCK);
                  return false;
                });
    assertThat(isRight).isTrue();
    assertThat(usage.used()).isEqualTo(WHOLE);
  }

  @Test
  void whereItIsOverNothingMoreIsCounted() throws Exception {
    usage.grew(12345);
    assertThat(new Stocktaking(root, owners).recount(usage, () -> true)).isFalse();
    assertThat(usage.used()).isEqualTo(12345);
  }
}
