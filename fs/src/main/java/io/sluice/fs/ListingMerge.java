package io.sluice.fs;

import io.sluice.fs.Finding.Row;
import io.sluice.store.ListPage;
import io.sluice.store.ObjectMeta;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Turns pages of keys into rows of a directory: objects and prefixes in one order, a name that is
 * both shown once, as the directory. An object is held back until the listing has passed its name
 * with a "/" behind it; that may be pages later.
 *
 * <p>Pure; for one thread.
 */
final class ListingMerge {
  /**
   * Objects of which it is not settled yet whether they are shown. Each name is the beginning of
   * the next ("a", "a-", "a-x"), so the last one is the first to be settled.
   *
   * @param since when the page of the oldest was asked for
   */
  record Held(List<Row> rows, long since) {
    static final Held NOTHING = new Held(List.of(), Long.MAX_VALUE);

    Held {
      rows = List.copyOf(rows);
    }
  }

  private final String directory;
  private final Consumer<String> hidden;
  private final List<Row> held;
  private final List<Row> shown = new ArrayList<>();
  private String lastKey = "";

  /**
   * Goes on where another one stopped.
   *
   * @param directory the prefix that is listed: empty or ending with "/"
   * @param held what the pages before left over
   * @param hidden is told each key that cannot be shown
   */
  ListingMerge(String directory, Held held, Consumer<String> hidden) {
    this.directory = directory;
    this.held = new ArrayList<>(held.rows());
    this.hidden = hidden;
  }

  /** Takes the next page, as far as {@code until}: keys after that one belong to another. */
  void add(ListPage page, Optional<String> until) {
    int object = 0;
    int prefix = 0;
    while (object < page.objects().size() || prefix < page.prefixes().size()) {
      boolean isObject =
          prefix == page.prefixes().size()
              || (object < page.objects().size()
                  && ListingOrder.ofKeys(
                          page.objects().get(object).key(), page.prefixes().get(prefix))
                      < 0);
      String key = isObject ? page.objects().get(object).key() : page.prefixes().get(prefix);
      if (until.isPresent() && ListingOrder.ofKeys(key, until.get()) > 0) {
        lastKey = until.get();
        return;
      }
      lastKey = key;
      if (isObject) addObject(page.objects().get(object++));
      else addPrefix(page.prefixes().get(prefix++));
    }
  }

  /** Nothing comes any more: whatever was held back is a file. */
  void end() {
    while (!held.isEmpty()) shown.add(held.removeLast());
  }

  /** The last key that came, shown or not; empty before the first. */
  String lastKey() {
    return lastKey;
  }

  List<Row> shown() {
    return List.copyOf(shown);
  }

  /** What is left over for the next page, where this one was asked for at {@code askedAt}. */
  Held held(Held before, long askedAt) {
    if (held.isEmpty()) return Held.NOTHING;
    boolean isOlder = !before.rows().isEmpty() && held.getFirst().equals(before.rows().getFirst());
    return new Held(held, isOlder ? before.since() : askedAt);
  }

  private void addObject(ObjectMeta meta) {
    String name = meta.key().substring(directory.length());
    // The object "dir/" is how some tools make a directory: it is this directory, not in it.
    if (meta.key().equals(directory)) return;
    if (!Names.isShown(name)) {
      hidden.accept(meta.key());
      return;
    }
    settleBefore(name);
    held.add(new Row(name, Finding.File.of(meta)));
  }

  private void addPrefix(String prefix) {
    String name = prefix.substring(directory.length(), prefix.length() - 1);
    if (!Names.isShown(name)) {
      hidden.accept(prefix);
      return;
    }
    settleBefore(name);
    if (!held.isEmpty() && held.getLast().name().equals(name)) held.removeLast();
    shown.add(new Row(name, Finding.DIRECTORY));
  }

  private void settleBefore(String name) {
    while (!held.isEmpty() && ListingOrder.ofNames(held.getLast().name(), name) < 0)
      shown.add(held.removeLast());
  }
}
