package io.sluice.launcher.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cache.CacheSettings.Space;
import io.sluice.cache.CachedVersion;
import io.sluice.cache.OwnerInfo;
import io.sluice.cache.Usage;
import io.sluice.launcher.cli.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is in a cache, as people see it. */
final class CacheTablesTest {
  private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");

  private static CachedVersion version(
      String key, long held, boolean isDamaged, boolean isPinned, boolean isInUse) {
    return new CachedVersion(
        "id-" + key, "s3://m", key, "t", 2048, held, THEN, THEN, isDamaged, isPinned, isInUse);
  }

  @Test
  void objectsAreRowsWithTheirState() {
    List<String> lines =
        CacheListing.table(
            List.of(
                version("a/x.bin", 2048, false, true, false),
                version("b", 100, false, true, true),
                version("c", 0, true, false, false)));
    assertThat(lines.getFirst()).startsWith("SIZE     HELD     STATE").endsWith("STORE   KEY");
    assertThat(lines.get(1)).startsWith("2.0 KiB  2.0 KiB  complete, pinned").endsWith("a/x.bin");
    assertThat(lines.get(2)).contains("100 B    partial, pinned, in use");
    assertThat(lines.get(3)).contains("damaged").endsWith("-       id-c");
    assertThat(lines).hasSize(4);
  }

  @Test
  void theDirectoryIsToldInLines() {
    var owner = new OwnerInfo("1a", 77, THEN, "mount s3://m at /models");
    var usage =
        new Usage(4096, Optional.of(new Space(1 << 30, 1 << 20)), 1 << 30, 3, List.of(owner));
    assertThat(CacheStat.lines(usage))
        .containsExactly(
            "used      4.0 KiB in 3 objects",
            "bound     1.0 GiB, and 1.0 MiB stay free on the disk",
            "free      1.0 GiB on its disk",
            "used by   mount s3://m at /models, process 77");
    assertThat(Json.of(CacheStat.Report.of(usage))).contains("\"used\": 4096", "\"pid\": 77");
    var unbounded = new Usage(0, Optional.of(new Space(Long.MAX_VALUE, 0)), 9, 0, List.of());
    assertThat(CacheStat.lines(unbounded))
        .contains("bound     the disk, and 0 B stay free on the disk");
    assertThat(Json.of(CacheStat.Report.of(unbounded))).doesNotContain("bound");
  }

  @Test
  void damageIsNamedByItsKeyOrItsPlace() {
    var report =
        new CacheVerify.Report(
            3,
            7,
            1024,
            List.of(new CacheVerify.Damaged("k", "id", 2), new CacheVerify.Damaged("", "id-c", 0)));
    assertThat(CacheVerify.lines(report))
        .containsExactly(
            "damaged  k: 2 blocks",
            "damaged  id-c: what describes it; it is discarded when it is next opened",
            "1.0 KiB in 7 blocks of 3 objects verified, 2 objects damaged");
  }
}
