package io.sluice.cache;

import io.sluice.store.ObjectVersion;

/** Is told what was read, by all readers at once; has to be quick, and must not fail. */
@FunctionalInterface
public interface ReadWatcher {
  /** These bytes were given to a reader; {@code length} is more than 0. */
  void read(ObjectVersion version, long offset, long length);

  /** Tells this one first, and then the other one. */
  default ReadWatcher and(ReadWatcher other) {
    return (version, offset, length) -> {
      read(version, offset, length);
      other.read(version, offset, length);
    };
  }
}
