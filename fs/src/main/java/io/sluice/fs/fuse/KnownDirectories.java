package io.sluice.fs.fuse;

import io.sluice.fs.BucketFileSystem;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the directories are that the kernel holds on to. {@code fs} may forget an inode that it was
 * not asked about for long; a process may sit in a directory (or hold one open, as {@code find}
 * does) for ever. So their places are kept here for as long as the kernel counts on them, and
 * looked up again where need be. Files need nothing of the kind: the kernel walks their path again.
 */
final class KnownDirectories {
  /** A name in a directory; how many answers have told the kernel about it. */
  private record Place(long parent, String name, long references) {
    Place plus(long count) {
      return new Place(parent, name, references + count);
    }
  }

  /** The way to a directory from one above it. */
  record Step(long parent, String name) {}

  /** Longer than any path: the way up has to end, whatever is in the table. */
  private static final int DEEPEST = 4096;

  private final ConcurrentHashMap<Long, Place> places = new ConcurrentHashMap<>();

  /** The kernel is about to learn of it, once more. */
  void learned(long inode, long parent, String name) {
    places.merge(inode, new Place(parent, name, 1), (known, _) -> known.plus(1));
  }

  /** The kernel takes back so many times of having learned of an inode; of files, too. */
  void forget(long inode, long times) {
    places.computeIfPresent(
        inode, (_, known) -> known.references() > times ? known.plus(-times) : null);
  }

  /** Steps down from the root to it; absent where it is none of ours. */
  Optional<Deque<Step>> wayTo(long inode) {
    Deque<Step> way = new ArrayDeque<>();
    for (long at = inode; at != BucketFileSystem.ROOT; ) {
      Place place = places.get(at);
      if (place == null || way.size() == DEEPEST) return Optional.empty();
      way.addFirst(new Step(place.parent(), place.name()));
      at = place.parent();
    }
    return Optional.of(way);
  }

  int size() {
    return places.size();
  }
}
