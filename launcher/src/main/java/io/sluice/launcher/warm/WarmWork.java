package io.sluice.launcher.warm;

import io.sluice.cache.BlockCache;
import io.sluice.cache.Completeness;
import io.sluice.cache.Prefetch;
import io.sluice.launcher.cli.ByteSize;
import io.sluice.launcher.warm.WarmTally.Outcome;
import io.sluice.store.ByteRange;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What is done with each object of a warming. Safe for use by many threads. */
sealed interface WarmWork {
  /** Returns what became of it, having said what a user should know. */
  Outcome on(ObjectVersion version, WarmJob job) throws StoreException, InterruptedException;

  /** How much of a version it is about, in bytes. */
  default long bytes(ObjectVersion version) {
    return version.size();
  }

  /** There is no such object: what that means, having said nothing yet. */
  default Missing missing(String key) {
    return new Missing(
        Outcome.MISSING,
        key + ": no such object: check the key; all below it is asked for with a slash behind it");
  }

  /** What becomes of an object that is not in the bucket, and what to say of it. */
  record Missing(Outcome outcome, String text) {}

  /**
   * Fetches what is missing, as long as all that is fetched finds room beside each other: else what
   * comes last would put out what came first.
   */
  final class Fetch implements WarmWork {
    private static final Duration LOOK = Duration.ofMillis(100);

    private final BlockCache cache;
    private final long bound;
    private final AtomicLong taken = new AtomicLong();
    private final BooleanSupplier isStopped;
    private final Consumer<String> say;

    Fetch(BlockCache cache, BooleanSupplier isStopped, Consumer<String> say) {
      this.cache = cache;
      this.bound = cache.statistics().bound();
      this.isStopped = isStopped;
      this.say = say;
    }

    @Override
    public Outcome on(ObjectVersion version, WarmJob job)
        throws StoreException, InterruptedException {
      return fetch(version, List.of(), job);
    }

    /** Of these parts, or of all of it where there are none. */
    private Outcome fetch(ObjectVersion version, List<ByteRange> ranges, WarmJob job)
        throws StoreException, InterruptedException {
      long footprint = cache.footprint(version, ranges);
      if (taken.addAndGet(footprint) > bound) {
        taken.addAndGet(-footprint);
        say.accept(noRoom(version, footprint));
        return Outcome.TOO_LARGE;
      }
      boolean isKept = false;
      try {
        Outcome outcome = awaited(version, ranges, job);
        isKept = true;
        return outcome;
      } catch (StoreException.TooLarge e) {
        say.accept(e.getMessage() + ": free some of its disk, or raise --cache-size");
        return Outcome.TOO_LARGE;
      } finally {
        // Of one that was replaced, for instance, which is asked for again as it is now.
        if (!isKept) taken.addAndGet(-footprint);
      }
    }

    private Outcome awaited(ObjectVersion version, List<ByteRange> ranges, WarmJob job)
        throws StoreException, InterruptedException {
      try (Prefetch prefetch = cache.prefetch(version, ranges)) {
        job.fetching(prefetch);
        try {
          while (!prefetch.await(LOOK)) if (isStopped.getAsBoolean()) return Outcome.INCOMPLETE;
          return Outcome.THERE;
        } finally {
          job.fetched();
        }
      }
    }

    private String noRoom(ObjectVersion version, long footprint) {
      return footprint > bound
          ? "%s: its %s do not fit into the cache, which takes %s: raise --cache-size, or free some of its disk"
              .formatted(version.key(), new ByteSize(version.size()), new ByteSize(bound))
          : "%s: no room beside the others, the cache takes %s: raise --cache-size, or ask for less"
              .formatted(version.key(), new ByteSize(bound));
    }
  }

  /** Fetches the parts of objects that a profile names, where these are still what they were. */
  record Follow(Fetch fetch, Map<ObjectVersion, List<ByteRange>> recorded, Consumer<String> say)
      implements WarmWork {
    @Override
    public Outcome on(ObjectVersion version, WarmJob job)
        throws StoreException, InterruptedException {
      List<ByteRange> ranges = recorded.getOrDefault(version, List.of());
      if (!ranges.isEmpty()) return fetch.fetch(version, ranges, job);
      say.accept(version.key() + ": replaced since it was recorded: left out");
      return Outcome.STALE;
    }

    @Override
    public long bytes(ObjectVersion version) {
      return recorded.getOrDefault(version, List.of()).stream().mapToLong(ByteRange::length).sum();
    }

    @Override
    public Missing missing(String key) {
      return new Missing(Outcome.STALE, key + ": gone since it was recorded: left out");
    }
  }

  /**
   * Looks at what is there, and fetches nothing.
   *
   * @param isQuiet whether to tell only of what is not complete
   */
  record Check(BlockCache cache, boolean isQuiet, Consumer<String> tell) implements WarmWork {
    @Override
    public Outcome on(ObjectVersion version, WarmJob job) {
      Completeness found = cache.check(version);
      if (found.damagedBlocks() > 0) {
        tell.accept(
            "%-10s %s (%d blocks, dropped: warm it again)"
                .formatted("damaged", version.key(), found.damagedBlocks()));
        return Outcome.DAMAGED;
      }
      if (!found.isComplete()) {
        tell.accept(
            "%-10s %s (%s of %s missing)"
                .formatted(
                    found.missing() == found.bytes() ? "missing" : "incomplete",
                    version.key(),
                    new ByteSize(found.missing()),
                    new ByteSize(found.bytes())));
        return Outcome.INCOMPLETE;
      }
      if (!isQuiet) tell.accept("%-10s %s".formatted("complete", version.key()));
      return Outcome.THERE;
    }
  }
}
