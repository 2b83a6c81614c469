package io.sluice.launcher.objects;

import io.sluice.cache.KeyPattern;
import io.sluice.launcher.bucket.BucketAddress;
import io.sluice.launcher.bucket.ObjectAddress;
import io.sluice.launcher.cli.Failure;
import io.sluice.store.ListPage;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectStore;
import io.sluice.store.StoreException;
import java.util.Optional;

/**
 * Which objects a URL means: one, all below a prefix, or those that a glob describes.
 *
 * <p>Below {@code llama} are {@code llama/x} and {@code llama} itself, where there is one, but not
 * {@code llama2}; below {@code llama/} are {@code llama/x} only. Below a bucket is everything.
 *
 * @param address as it was given
 * @param glob where it is one
 */
record Wanted(ObjectAddress address, Extent extent, Optional<KeyPattern> glob) {
  /** How many. */
  enum Extent {
    ONE,
    BELOW,
    GLOB
  }

  /** What a URL may mean. */
  record Reading(boolean isRecursive, boolean isLiteral) {}

  /** Takes what is found, in the order of the keys; may hold up the listing. */
  interface Taker {
    void take(ObjectMeta object) throws InterruptedException;
  }

  /**
   * Reads a URL.
   *
   * @throws Failure where it names a bucket, or all below a slash, and should name one object
   */
  static Wanted of(String url, Reading reading) throws Failure {
    ObjectAddress address = ObjectAddress.given(url);
    Optional<KeyPattern> glob = reading.isLiteral() ? Optional.empty() : glob(address.key());
    if (glob.isPresent()) {
      if (reading.isRecursive())
        throw Failure.usage(
            "%s says itself how deep it goes, ** crosses slashes: leave -r out, or give --no-glob where its *, ?, [ or \\ is part of the key"
                .formatted(url));
      return new Wanted(address, Extent.GLOB, glob);
    }
    if (reading.isRecursive()) return new Wanted(address, Extent.BELOW, Optional.empty());
    if (address.key().isEmpty())
      throw Failure.usage(
          "%s names a bucket: give -r for everything in it, or a key".formatted(url));
    if (address.key().endsWith("/"))
      throw Failure.usage("%s ends with a slash: give -r for everything below it".formatted(url));
    return new Wanted(address, Extent.ONE, Optional.empty());
  }

  /** A key as a glob, where it is one. */
  static Optional<KeyPattern> glob(String key) throws Failure {
    try {
      return key.isEmpty()
          ? Optional.empty()
          : Optional.of(KeyPattern.parse(key))
              .filter(pattern -> pattern.kind() == KeyPattern.Kind.GLOB);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(e.getMessage() + "; --no-glob takes it as it is");
    }
  }

  BucketAddress bucket() {
    return address.bucket();
  }

  /** What all keys that are found have in front of what is theirs: up to a slash, or empty. */
  String directory() {
    String key = address.key();
    return switch (extent) {
      case ONE -> upToSlash(key);
      case BELOW -> key.isEmpty() || key.endsWith("/") ? key : key + "/";
      case GLOB -> upToSlash(glob.map(KeyPattern::literal).orElse(""));
    };
  }

  private static String upToSlash(String key) {
    return key.substring(0, key.lastIndexOf('/') + 1);
  }

  /** Whether what is deeper than the next slash can be meant as well. */
  boolean isDeep() {
    return extent == Extent.BELOW || glob.filter(pattern -> !pattern.isOneLevel()).isPresent();
  }

  /** Finds them, page by page; no page is kept. One object is asked for by its key. */
  void find(ObjectStore store, Taker taker) throws StoreException, InterruptedException {
    switch (extent) {
      case ONE -> taker.take(store.head(address.key()));
      case BELOW -> {
        if (!directory().equals(address.key())) {
          Optional<ObjectMeta> itself = exactly(store, address.key());
          if (itself.isPresent()) taker.take(itself.get());
        }
        pages(store, ListRequest.everything(directory()), taker);
      }
      case GLOB -> {
        KeyPattern pattern = glob.orElseThrow();
        ListRequest request =
            pattern.isOneLevel()
                ? ListRequest.directory(pattern.literal())
                : ListRequest.everything(pattern.literal());
        pages(
            store,
            request,
            object -> {
              if (pattern.matches(object.key())) taker.take(object);
            });
      }
    }
  }

  /** By a listing, which who may list and not read is allowed, too: it comes first of its kind. */
  static Optional<ObjectMeta> exactly(ObjectStore store, String key) throws StoreException {
    ListPage page = store.list(ListRequest.everything(key).withMaxKeys(1));
    return page.objects().stream().filter(object -> object.key().equals(key)).findFirst();
  }

  private static void pages(ObjectStore store, ListRequest first, Taker taker)
      throws StoreException, InterruptedException {
    Optional<ListRequest> next = Optional.of(first);
    while (next.isPresent()) {
      ListRequest request = next.get();
      ListPage page = store.list(request);
      for (ObjectMeta object : page.objects()) {
        if (Thread.interrupted()) throw new InterruptedException();
        taker.take(object);
      }
      next = page.next().map(request::nextAfter);
    }
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
