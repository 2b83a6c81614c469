package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cache.CacheSettings.Space;
import io.sluice.store.ObjectVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bounds of a data directory, on a disk of which so much is free as a test says. */
@NullMarked
@Timeout(180)
class DataDirectoryTest extends CacheFixture {
  private static final long RESERVE = 1000;

  private final AtomicLong free = new AtomicLong(RESERVE + 500);

  private DataDirectory directory() throws Exception {
    space = new Space(PLENTY, RESERVE);
    return DataDirectory.open(settings(), free::get);
  }

  private SharedFiles files(DataDirectory data, ObjectVersion version) throws Exception {
    var layout = new BlockLayout(version.size(), BLOCK);
    return data.open(ObjectName.of("test", version), "test", version, layout);
  }

  @Test
  void whatIsReservedAndNotWrittenYetIsNotFreeForOthers() throws Exception {
    try (var data = directory();
        var other = directory()) {
      assertThat(data.reserve(300)).isTrue();
      assertThat(other.reserve(300)).isFalse();
      assertThat(other.evictor().lacking(300)).isEqualTo(100);
      assertThat(data.bound()).isEqualTo(500);
      assertThat(other.reserve(200)).isTrue();
      data.settle(300, 0);
      other.settle(200, 0);
      assertThat(data.used()).isZero();
    }
  }

  @Test
  void whatIsBeingDeletedIsRoomThatIsComing() throws Exception {
    try (var data = directory()) {
      for (String key : new String[] {"a", "b"})
        data.close(files(data, new ObjectVersion(key, "1", 8)).files());
      free.set(RESERVE);
      Optional<Doomed> first = data.evictor().takeColdest(1);
      assertThat(first).isPresent();
      assertThat(data.evictor().takeColdest(1)).isEmpty();
      first.get().delete();
    }
  }

  @Test
  void filesAreClosedThoughTheirDirectoryIsGone() throws Exception {
    Path moved = directory.resolve("moved");
    var version = new ObjectVersion("a", "1", 8);
    try (var data = directory()) {
      SharedFiles files = files(data, version);
      Files.move(objectDirectory("test", version), moved);
      data.close(files.files());
      try (Flock lock = Flock.open(moved)) {
        assertThat(lock.tryExclusive()).isTrue();
      }
    }
  }
}
