package io.sluice.cache;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Room on the disk for what is fetched: what is free within its bounds, then what nobody has open,
 * then what no reader of an open file is near. Safe for use by many threads.
 */
final class DiskRoom implements Carrier.Room {
  private static final Logger LOG = LoggerFactory.getLogger(DiskRoom.class);

  private final CacheSettings settings;
  private final DataDirectory directory;
  private final OpenVersions open;
  private final AtomicBoolean hasWarned = new AtomicBoolean();

  DiskRoom(CacheSettings settings, DataDirectory directory, OpenVersions open) {
    this.settings = settings;
    this.directory = directory;
    this.open = open;
  }

  @Override
  public boolean reserve(long bytes) {
    if (directory.reserve(bytes)) return reserved();
    directory.evictor().makeRoom(bytes);
    if (directory.reserve(bytes)) return reserved();
    for (VersionFile file : open.all()) {
      long lacking = directory.evictor().lacking(bytes);
      if (lacking <= 0) break;
      giveBack(file, lacking);
    }
    if (directory.reserve(bytes)) return reserved();
    warnOfBypass(
        "no room for %d bytes within its bounds (--cache-size, free space)".formatted(bytes));
    return false;
  }

  private boolean reserved() {
    hasWarned.set(false);
    return true;
  }

  private void giveBack(VersionFile file, long bytes) {
    if (!file.retain()) return;
    try {
      file.giveBack(bytes);
    } finally {
      open.release(file);
    }
  }

  @Override
  public void settle(VersionFile file, long reserved, long written) {
    directory.settle(reserved, written);
  }

  /** Says once, until there is room again, that what is read is not kept. */
  void warnOfBypass(String why) {
    if (hasWarned.compareAndSet(false, true))
      LOG.warn(
          "not caching in {} for now, reads go on from the store: {}", settings.directory(), why);
  }
}
