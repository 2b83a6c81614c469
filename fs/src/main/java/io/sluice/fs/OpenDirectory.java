package io.sluice.fs;

import io.sluice.store.StoreException;
import java.util.Optional;

/**
 * A directory that somebody reads: everything it hands out belongs to one listing, until the reader
 * goes back to the start. Safe for many threads.
 */
final class OpenDirectory {
  private record LastPage(Listing listing, int number, Page page) {}

  private final Inodes.Node node;
  private final Directories directories;
  private volatile Listing listing;

  /** Kept from being dropped while it is read: a page is handed out in several portions. */
  private volatile Optional<LastPage> last = Optional.empty();

  OpenDirectory(Inodes.Node node, Directories directories) {
    this.node = node;
    this.directories = directories;
    this.listing = directories.listing(node.key());
  }

  Inodes.Node node() {
    return node;
  }

  /** Goes back to the start: to what the directory is now, as far as that is known. */
  void rewind() {
    listing = directories.listing(node.key());
  }

  /** Whether a page can be had without asking the store. */
  boolean isAtHand(int number) {
    return directories.isAtHand(listing, number);
  }

  /** A page of it; absent where it ends before. */
  Optional<Page> page(int number) throws StoreException {
    Listing current = listing;
    Optional<LastPage> known =
        last.filter(page -> page.listing().equals(current) && page.number() == number);
    if (known.isPresent()) return Optional.of(known.get().page());
    Optional<Page> page = directories.page(current, number);
    page.ifPresent(rows -> last = Optional.of(new LastPage(current, number, rows)));
    return page;
  }
}
