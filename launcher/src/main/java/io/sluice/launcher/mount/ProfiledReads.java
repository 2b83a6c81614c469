package io.sluice.launcher.mount;

import io.sluice.cache.BlockCache;
import io.sluice.cache.ObjectOpener;
import io.sluice.cache.ProfilePrefetch;
import io.sluice.cache.ReadWatcher;
import io.sluice.cache.WatchedOpener;
import io.sluice.cache.profile.ProfileException;
import io.sluice.cache.profile.ProfileRecorder;
import io.sluice.launcher.cli.OneLine;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The reads of a mount, recorded and fetched ahead as its {@link LoadProfile} wants it. */
final class ProfiledReads implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProfiledReads.class);

  private final BlockCache cache;
  private final Optional<ProfileRecorder> recorder;
  private final Optional<ProfilePrefetch> prefetch;

  private ProfiledReads(
      BlockCache cache, Optional<ProfileRecorder> recorder, Optional<ProfilePrefetch> prefetch) {
    this.cache = cache;
    this.recorder = recorder;
    this.prefetch = prefetch;
  }

  /** Begins at once to fetch what will be read first. */
  static ProfiledReads start(LoadProfile profile, BlockCache cache) {
    return new ProfiledReads(cache, profile.recorder(), profile.followed().map(cache::follow));
  }

  /** The cache, for readers. */
  ObjectOpener opener() {
    Optional<ReadWatcher> recording = recorder.map(to -> to::read);
    Optional<ReadWatcher> following = prefetch.map(ahead -> ahead);
    return recording
        .map(first -> following.map(first::and).orElse(first))
        .or(() -> following)
        .<ObjectOpener>map(watcher -> new WatchedOpener(cache, watcher))
        .orElse(cache);
  }

  /** Writes down what was read so far. Nothing is no load: what the file has then is worth more. */
  void save() {
    if (recorder.isEmpty()) return;
    if (recorder.get().isEmpty()) {
      LOG.info("nothing was read, so no profile is written");
      return;
    }
    try {
      recorder.get().save();
    } catch (ProfileException e) {
      LOG.warn("{}", OneLine.of(String.valueOf(e.getMessage())));
    }
  }

  @Override
  public void close() {
    prefetch.ifPresent(ProfilePrefetch::close);
    save();
  }
}
