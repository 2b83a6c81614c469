package io.sluice.store;

import java.util.List;
import java.util.Optional;

/**
 * A page of a listing.
 *
 * @param objects in the order of their keys' UTF-8 bytes
 * @param prefixes what the delimiter rolled up, each ending with it, in the same order; none of
 *     them appears on a later page again
 * @param next what to pass as {@link ListRequest#after()} for the next page; absent on the last one
 */
public record ListPage(List<ObjectMeta> objects, List<String> prefixes, Optional<String> next) {
  public ListPage {
    objects = List.copyOf(objects);
    prefixes = List.copyOf(prefixes);
  }
}
