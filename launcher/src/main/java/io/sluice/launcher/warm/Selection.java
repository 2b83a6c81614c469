package io.sluice.launcher.warm;

import io.sluice.cache.KeyPattern;
import io.sluice.store.ListPage;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectMeta;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * Which objects somebody asks for, and what has to be listed to find them; pure. Keys are asked for
 * one by one; for prefixes and globs as little is listed as their literal beginnings allow, and no
 * object is found twice, however the patterns overlap.
 *
 * <p>{@code a/x.bin}, {@code a/*.bin}, {@code a/b/**} and {@code b/} ask for the key {@code
 * a/x.bin}, list one level of {@code a/}, and all of {@code a/b/} and {@code b/}.
 *
 * @param keys to be asked for by name
 * @param listings in the order in which to make them
 * @param patterns other than keys, as keys of the whole bucket
 */
record Selection(SequencedSet<String> keys, List<Listing> listings, List<KeyPattern> patterns) {
  /**
   * Something to list, page by page.
   *
   * @param isOneLevel whether what lies deeper than the next slash is of no interest
   */
  record Listing(String prefix, boolean isOneLevel) {
    ListRequest request() {
      return isOneLevel ? ListRequest.directory(prefix) : ListRequest.everything(prefix);
    }

    boolean shows(String key) {
      return key.startsWith(prefix) && !(isOneLevel && key.indexOf('/', prefix.length()) >= 0);
    }

    private boolean covers(Listing other) {
      return equals(other) || (!isOneLevel && other.prefix.startsWith(prefix));
    }
  }

  /**
   * What patterns mean.
   *
   * @param wanted below the prefix; none for everything
   * @param prefix of the bucket that is seen
   */
  static Selection of(List<KeyPattern> wanted, String prefix) {
    SequencedSet<String> keys = new LinkedHashSet<>();
    List<KeyPattern> patterns = new ArrayList<>();
    if (wanted.isEmpty()) patterns.add(KeyPattern.startingWith(prefix));
    for (KeyPattern pattern : wanted) {
      KeyPattern whole = pattern.below(prefix);
      if (whole.kind() == KeyPattern.Kind.KEY) keys.add(whole.literal());
      else patterns.add(whole);
    }
    return new Selection(keys, listings(patterns), patterns);
  }

  private static List<Listing> listings(List<KeyPattern> patterns) {
    List<Listing> listings = new ArrayList<>();
    for (KeyPattern pattern : patterns) {
      var listing = new Listing(pattern.literal(), pattern.isOneLevel());
      if (listings.stream().anyMatch(other -> other.covers(listing))) continue;
      listings.removeIf(listing::covers);
      listings.add(listing);
    }
    return listings;
  }

  /** The objects of a page that are asked for, and that no listing before this one has shown. */
  List<ObjectMeta> of(Listing listing, ListPage page) {
    List<Listing> before = listings.subList(0, listings.indexOf(listing));
    return page.objects().stream()
        .filter(object -> isFile(object.key()) && !keys.contains(object.key()))
        .filter(object -> before.stream().noneMatch(other -> other.shows(object.key())))
        .filter(object -> patterns.stream().anyMatch(pattern -> pattern.matches(object.key())))
        .toList();
  }

  /** Keys that end with a slash stand for directories. */
  private static boolean isFile(String key) {
    return !key.endsWith("/");
  }
}
