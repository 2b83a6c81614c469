package io.sluice.cache;

import io.sluice.cache.profile.Planned;
import io.sluice.store.ByteRange;
import io.sluice.store.ObjectVersion;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is fetched of one object because a profile says that it comes next. It is held open until
 * that is here. For one thread.
 */
final class PlannedFile {
  private static final Logger LOG = LoggerFactory.getLogger(PlannedFile.class);

  private final BlockCache cache;
  private final ObjectVersion version;
  private List<ByteRange> ranges = List.of();
  private Optional<WishedPrefetch> prefetch = Optional.empty();
  private boolean isGivenUp;

  PlannedFile(BlockCache cache, ObjectVersion version) {
    this.cache = cache;
    this.version = version;
  }

  /**
   * This is wanted now, in place of what was.
   *
   * @param rank its place among all files of which something is planned, the lower first
   */
  void plan(Planned planned, int rank) {
    boolean isHere = prefetch.isEmpty() && planned.ranges().stream().allMatch(this::isKnown);
    if (isGivenUp || isHere) return;
    ranges = planned.ranges();
    if (prefetch.isPresent()) prefetch.get().replace(ranges, rank);
    else prefetch = Optional.of(cache.plan(version, ranges, rank));
  }

  private boolean isKnown(ByteRange range) {
    return ranges.stream()
        .anyMatch(known -> known.start() <= range.start() && range.end() <= known.end());
  }

  /** Lets go of it where all of it is here. */
  void closeIfHere() {
    if (prefetch.isPresent() && prefetch.get().missing() == 0) close();
  }

  /** Leaves it to its readers, who will hear what is wrong, where a request for it has failed. */
  void giveUpIfFailed() {
    if (prefetch.isEmpty() || !prefetch.get().hasFailed()) return;
    LOG.debug("{} is not fetched ahead any more: a request for it failed", version.key());
    isGivenUp = true;
    close();
  }

  boolean isOpen() {
    return prefetch.isPresent();
  }

  void close() {
    prefetch.ifPresent(WishedPrefetch::close);
    prefetch = Optional.empty();
  }
}
