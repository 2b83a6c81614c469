package io.sluice.cache;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Counts what a data directory takes: by one process at a time, beside others that write. Safe for
 * use by many threads and processes.
 */
final class Stocktaking {
  private static final int ATTEMPTS = 5;
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(100);

  private final Path root;
  private final Owners owners;

  Stocktaking(Path root, Owners owners) {
    this.root = root;
    this.owners = owners;
  }

  /**
   * The sum of everything.
   *
   * @param isWrong whether it has to be counted anew: somebody died, or went on writing
   */
  record Stock(UsageFile usage, boolean isWrong) {}

  /** What is known already; counted where nothing is, or where nobody but this owner is there. */
  Stock take(int own) throws IOException {
    var usage = new UsageFile[1];
    var isWrong = new AtomicBoolean();
    boolean isAlone =
        owners.alone(
            Owners.PATIENCE,
            () -> {
              Optional<UsageFile> found = UsageFile.find(root);
              usage[0] = found.isPresent() ? found.get() : UsageFile.create(root);
              isWrong.set(owners.removeDead() > 0);
              boolean hasOthers = owners.hasOthers(own);
              if (found.isEmpty() || !hasOthers) isWrong.set(!count(usage[0]).isQuiet());
            });
    if (isAlone) return new Stock(usage[0], isWrong.get());
    // Another process has been counting for very long. It will be right when that one is done.
    Optional<UsageFile> found = UsageFile.find(root);
    return new Stock(found.isPresent() ? found.get() : UsageFile.create(root), false);
  }

  /**
   * Counts everything anew, until a count finds the sum to be right, but not for ever. One that
   * sets it right is not enough: it may have met somebody who had changed what is on disk and not
   * yet what is accounted for it, and who has done so by the next one.
   *
   * @param isOver asked between two counts, whether it is not to go on
   * @return false where the sum may still be wrong by what others did
   */
  boolean recount(UsageFile usage, BooleanSupplier isOver) throws IOException {
    var seen = new UsageFile.Correction[1];
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (attempt > 0) LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
      if (isOver.getAsBoolean()) return false;
      boolean isAlone =
          owners.alone(
              Owners.PATIENCE,
              () -> {
                int _ = owners.removeDead();
                seen[0] = count(usage);
              });
      if (!isAlone) return false;
      if (seen[0].isQuiet() && seen[0].wasRight()) return true;
    }
    return false;
  }

  private UsageFile.Correction count(UsageFile usage) throws IOException {
    ObjectWalk.doomed(root, Doomed::delete); // of one who died over it
    return usage.correct(() -> DataRoot.footprint(root), owners::isAlive);
  }
}
