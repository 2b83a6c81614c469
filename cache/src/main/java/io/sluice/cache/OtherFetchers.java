package io.sluice.cache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;

/**
 * Other processes that fetch blocks of an object which readers of this one wait for: are they still
 * at it? What the dead have claimed is dropped, and what somebody has claimed who made no progress
 * with this object for {@link #PATIENCE}: that process has been stopped. Safe for use by many
 * threads.
 */
final class OtherFetchers {
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /** A look at everything, at most so often, however many wait. */
  static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  /**
   * What an owner is doing.
   *
   * @param claims a sum over the blocks it fetches: another one as soon as any has come
   * @param since when it has been this sum
   */
  private record Progress(long claims, long since) {}

  private final BlockMap map;
  private final IntPredicate isAlive;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private Map<Integer, Progress> progress = new HashMap<>();

  @GuardedBy("lock")
  private long lastLook;

  /**
   * Watches an object.
   *
   * @param nanoTime a clock
   */
  OtherFetchers(BlockMap map, IntPredicate isAlive, LongSupplier nanoTime) {
    this.map = map;
    this.isAlive = isAlive;
    this.nanoTime = nanoTime;
    this.lastLook = nanoTime.getAsLong();
  }

  /** Of a map that nobody shares. */
  static OtherFetchers none(BlockMap map) {
    return new OtherFetchers(map, _ -> true, System::nanoTime);
  }

  /** Whether another process fetches it: then it comes without our being told. */
  boolean isFetching(int block) {
    return map.otherFetching(block) != 0;
  }

  /** To be called now and then by whoever waits for such a block. */
  void look() {
    if (!lock.tryLock()) return; // somebody looks for us
    try {
      long now = nanoTime.getAsLong();
      if (now - lastLook < BETWEEN_LOOKS.toNanos()) return;
      lastLook = now;
      progress = judged(claims(), now);
    } finally {
      lock.unlock();
    }
  }

  private Map<Integer, Long> claims() {
    var claims = new HashMap<Integer, Long>();
    for (int block = 0; block < map.blocks(); block++) {
      int owner = map.otherFetching(block);
      // Spread over all bits, so that the sum of other blocks is another one.
      if (owner != 0) claims.merge(owner, (block + 1) * 0x9e37_79b9_7f4a_7c15L, Long::sum);
    }
    return claims;
  }

  @GuardedBy("lock")
  private Map<Integer, Progress> judged(Map<Integer, Long> claims, long now) {
    var next = new HashMap<Integer, Progress>();
    claims.forEach(
        (owner, sum) -> {
          Progress before = progress.get(owner);
          if (!isAlive.test(owner)) {
            map.dropClaims(owner);
          } else if (before == null || before.claims() != sum) {
            next.put(owner, new Progress(sum, now));
          } else if (now - before.since() >= PATIENCE.toNanos()) {
            map.dropClaims(owner);
          } else {
            next.put(owner, before);
          }
        });
    return next;
  }
}
