package io.sluice.cache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.cache.layout.ShardIndex;
import io.sluice.store.ObjectVersion;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Learns from the indexes of sharded models that readers have read: each version once, and one at a
 * time, so that many readers of a large one do not take its memory many times. Safe for use by many
 * threads.
 */
final class ReadIndexes {
  /** In bytes; those of the largest models have 20 MB, and one takes some times that to parse. */
  static final long LARGEST = 32 << 20;

  /** Of versions; after that they are learned anew. */
  private static final int MOST = 1000;

  private final NextShards shards;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Set<ObjectVersion> learned = new HashSet<>();

  ReadIndexes(NextShards shards) {
    this.shards = shards;
  }

  /** Where it is an index, all of which is here. */
  void learnFrom(VersionFile file) {
    ObjectVersion version = file.version();
    if (!ShardIndex.isOne(version.key()) || version.size() > LARGEST || !file.blocks().isComplete())
      return;
    lock.lock();
    try {
      if (learned.contains(version)) return;
      ByteBuffer document = ByteBuffer.allocate((int) version.size());
      while (document.hasRemaining())
        if (file.blocks().copy(document.position(), version.size(), document) == 0) return;
      ShardIndex.parse(document.flip()).ifPresent(parsed -> shards.learn(version.key(), parsed));
      if (learned.size() == MOST) learned.clear();
      learned.add(version);
    } finally {
      lock.unlock();
    }
  }
}
