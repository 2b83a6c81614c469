package io.sluice.fs;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.fs.ListingMerge.Held;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One reading of one directory: how to ask for each of its pages, as far as somebody got. The pages
 * themselves are kept elsewhere and may be dropped at any time, so that a directory of any size
 * takes little of the heap; one that is wanted again is asked for again.
 */
final class Listing {
  /**
   * How to ask for a page.
   *
   * @param after the store's mark; absent for the first page
   * @param held what the page before left over
   * @param until where a page that has been read before ended: the next one begins after that key
   */
  record Ask(Optional<String> after, Held held, Optional<String> until) {
    /** Whether what follows has been read before, and leans on where this page ended. */
    boolean hasSuccessor() {
      return until.isPresent();
    }
  }

  /** How a page ended; a name only where it or a page before it shows anything. */
  private record End(String key, Optional<String> name) {}

  private final String directory;
  private final long startedAt;
  private final Object lock = new Object();

  /** For each page that can be asked for. */
  @GuardedBy("lock")
  private final List<Ask> asks = new ArrayList<>();

  /** For each page that has been read: all of them, or all but the last. */
  @GuardedBy("lock")
  private final List<End> ends = new ArrayList<>();

  Listing(String directory, long startedAt) {
    this.directory = directory;
    this.startedAt = startedAt;
    asks.add(new Ask(Optional.empty(), Held.NOTHING, Optional.empty()));
  }

  /** The prefix: empty or ending with "/". */
  String directory() {
    return directory;
  }

  long startedAt() {
    return startedAt;
  }

  /** How many pages have been read so far. */
  int pagesRead() {
    synchronized (lock) {
      return ends.size();
    }
  }

  /** How to ask for a page; absent where the directory ended before it, or nobody got so far. */
  Optional<Ask> ask(int page) {
    synchronized (lock) {
      if (page >= asks.size()) return Optional.empty();
      Ask ask = asks.get(page);
      if (page + 1 == asks.size()) return Optional.of(ask);
      return Optional.of(new Ask(ask.after(), ask.held(), Optional.of(ends.get(page).key())));
    }
  }

  /**
   * Notes how a page ended. Of a page that others lean on nothing is noted.
   *
   * @param next the store's mark for the page after it; absent where it was the last
   * @param held what it left over for that one
   */
  void read(int page, Page rows, String lastKey, Optional<String> next, Held held) {
    synchronized (lock) {
      if (page + 1 != asks.size()) return;
      if (page < ends.size()) ends.removeLast();
      ends.add(
          new End(
              lastKey,
              rows.lastName().or(() -> page == 0 ? Optional.empty() : ends.getLast().name())));
      next.ifPresent(mark -> asks.add(new Ask(Optional.of(mark), held, Optional.empty())));
    }
  }

  /** The page on which a name is, if it is anywhere; absent where nobody has read so far. */
  OptionalInt pageOf(String name) {
    synchronized (lock) {
      int low = 0;
      int high = ends.size();
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (endsBefore(ends.get(middle), name)) low = middle + 1;
        else high = middle;
      }
      if (low < ends.size()) return OptionalInt.of(low);
      boolean isComplete = ends.size() == asks.size();
      return isComplete ? OptionalInt.of(ends.size() - 1) : OptionalInt.empty();
    }
  }

  private static boolean endsBefore(End end, String name) {
    return end.name().isEmpty() || ListingOrder.ofNames(end.name().get(), name) < 0;
  }
}
