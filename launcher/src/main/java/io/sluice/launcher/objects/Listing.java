package io.sluice.launcher.objects;

import io.sluice.cache.KeyPattern;
import io.sluice.fs.Names;
import io.sluice.launcher.cli.Failure;
import io.sluice.store.ListPage;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectStore;
import io.sluice.store.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Lists what is asked for, and hands it on page by page. What has no file name in a mount is
 * counted, and left out unless it is asked for. For one thread.
 */
final class Listing {
  private final ObjectStore store;
  private final ListedRows rows;
  private final boolean hasHidden;
  private long hidden;
  private boolean isFound;

  Listing(ObjectStore store, ListedRows rows, boolean hasHidden) {
    this.store = store;
    this.rows = rows;
    this.hasHidden = hasHidden;
  }

  /** How many were left out. */
  long hidden() {
    return hidden;
  }

  /**
   * An object, where the key is one, and what is below it: as {@code ls} shows a file or a
   * directory.
   *
   * @return whether there is anything
   */
  boolean below(String key, boolean isRecursive)
      throws StoreException, Failure, InterruptedException {
    String directory = key.isEmpty() || key.endsWith("/") ? key : key + "/";
    if (!directory.equals(key)) {
      Optional<ObjectMeta> itself = Wanted.exactly(store, key);
      isFound = itself.isPresent();
      rows.print(store, itself.stream().toList(), List.of());
    }
    ListRequest request =
        isRecursive ? ListRequest.everything(directory) : ListRequest.directory(directory);
    // What somebody asks to be listed is not hidden for its own name.
    pages(request, _ -> true, directory.length());
    return isFound;
  }

  /**
   * What a glob describes.
   *
   * @return whether there is anything
   */
  boolean matching(KeyPattern glob) throws StoreException, Failure, InterruptedException {
    String literal = glob.literal();
    ListRequest request =
        glob.isOneLevel() ? ListRequest.directory(literal) : ListRequest.everything(literal);
    pages(request, glob::matches, literal.lastIndexOf('/') + 1);
    return isFound;
  }

  private void pages(ListRequest first, Predicate<String> isWanted, int from)
      throws StoreException, Failure, InterruptedException {
    Optional<ListRequest> next = Optional.of(first);
    while (next.isPresent()) {
      ListRequest request = next.get();
      ListPage page = store.list(request);
      List<ObjectMeta> objects =
          page.objects().stream().filter(object -> isWanted.test(object.key())).toList();
      List<String> prefixes =
          page.prefixes().stream()
              .filter(prefix -> isWanted.test(prefix.substring(0, prefix.length() - 1)))
              .toList();
      isFound |= !objects.isEmpty() || !prefixes.isEmpty();
      rows.print(
          store,
          objects.stream().filter(object -> isShown(object.key(), from)).toList(),
          prefixes.stream().filter(prefix -> isShownPrefix(prefix, from)).toList());
      next = page.next().map(request::nextAfter);
    }
  }

  private boolean isShown(String key, int from) {
    boolean isShown = hasHidden || Names.isPath(key.substring(from));
    if (!isShown) hidden++;
    return isShown;
  }

  private boolean isShownPrefix(String prefix, int from) {
    return isShown(prefix.substring(0, prefix.length() - 1), from);
  }
}
