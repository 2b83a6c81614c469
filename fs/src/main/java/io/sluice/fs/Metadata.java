package io.sluice.fs;

import com.github.benmanes.caffeine.cache.Cache;
import io.sluice.fs.Finding.Known;
import io.sluice.store.ListPage;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectStore;
import io.sluice.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What names are: from what is known and fresh, or by asking the store. Safe for many threads;
 * nobody waits for a request about another name.
 */
final class Metadata implements AutoCloseable {
  /** With keys of usual length some 3 MB. Names of directories that were listed are not in here. */
  private static final int MAX_NAMES = 8192;

  private final ObjectStore store;
  private final Directories directories;
  private final Freshness freshness;
  private final Duration waitLimit;
  private final Flights<String, Finding> flights;
  private final Cache<String, Known> names;
  private final ExecutorService heads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("head-", 0).factory());

  Metadata(ObjectStore store, Directories directories, Freshness freshness, Duration waitLimit) {
    this.store = store;
    this.directories = directories;
    this.freshness = freshness;
    this.waitLimit = waitLimit;
    this.flights = new Flights<>(waitLimit);
    this.names = freshness.cache().maximumSize(MAX_NAMES).build();
  }

  /** What a name in a directory is. The name is one that {@link Names#isShown}. */
  Finding find(String directory, String name) throws StoreException {
    Optional<Known> known = known(directory, name);
    if (known.isPresent()) return known.get().finding();
    String key = directory + name;
    if (!freshness.allowsSharing()) return ask(key);
    return flights.join(
        key,
        () -> {
          // Another request may have landed between our look and our turn.
          Optional<Known> landed = known(directory, name);
          return landed.isPresent() ? landed.get().finding() : ask(key);
        });
  }

  /** What is known and fresh, without asking. */
  Optional<Known> known(String directory, String name) {
    Optional<Known> asked =
        Optional.ofNullable(names.getIfPresent(directory + name))
            .filter(known -> freshness.isFresh(known.askedAt()));
    Optional<Known> listed = directories.known(directory, name);
    Optional<Known> newest =
        asked.isPresent() && listed.isPresent()
            ? Optional.of(asked.get().newer(listed.get()))
            : asked.or(() -> listed);
    return newest.filter(known -> !(known.finding() instanceof Finding.Doubtful));
  }

  /** The object as the store has it at this moment. */
  Finding.File head(String key) throws StoreException {
    long askedAt = freshness.now();
    try {
      Finding.File file = Finding.File.of(store.head(key));
      learn(key, file, askedAt);
      return file;
    } catch (StoreException.NotFound e) {
      // No object, which does not say that there is no directory.
      doubt(key);
      throw e;
    }
  }

  /** Believes no longer what is known about a key. */
  void doubt(String key) {
    learn(key, Finding.DOUBTFUL, freshness.now());
  }

  @Override
  public void close() {
    heads.shutdownNow();
  }

  private void learn(String key, Finding finding, long askedAt) {
    // Whoever asked last knows best, whichever answer comes last.
    names.asMap().merge(key, new Known(finding, askedAt), (old, late) -> late.newer(old));
  }

  /** Asks whether it is an object and whether anything lies below it, both at once. */
  private Finding ask(String key) throws StoreException {
    long askedAt = freshness.now();
    Future<ObjectMeta> head = heads.submit(() -> store.head(key));
    Finding finding = decide(key, head);
    learn(key, finding, askedAt);
    return finding;
  }

  private Finding decide(String key, Future<ObjectMeta> head) throws StoreException {
    Optional<StoreException> listFailure = Optional.empty();
    try {
      // A directory wins, whatever the HEAD says, be it a failure.
      if (anythingBelow(key + "/")) return Finding.DIRECTORY;
    } catch (StoreException e) {
      listFailure = Optional.of(e);
    }
    Finding object;
    try {
      object = Finding.File.of(Waits.forAnswer(head, waitLimit, key));
    } catch (StoreException.NotFound _) {
      object = Finding.ABSENT;
    } catch (StoreException e) {
      if (listFailure.isPresent()) e.addSuppressed(listFailure.get());
      throw e;
    }
    if (listFailure.isEmpty()) return object;
    // Credentials that may read objects but not list them see no directories, only files.
    boolean isFile = object instanceof Finding.File;
    if (isFile && listFailure.get() instanceof StoreException.Denied) return object;
    throw listFailure.get();
  }

  private boolean anythingBelow(String prefix) throws StoreException {
    ListRequest request = ListRequest.everything(prefix).withMaxKeys(1);
    while (true) {
      ListPage page = Directories.list(store, request);
      if (!page.objects().isEmpty() || !page.prefixes().isEmpty()) return true;
      // A page may be empty and yet not the last: S3 counts deleted keys into it.
      if (page.next().isEmpty()) return false;
      request = request.nextAfter(page.next().get());
    }
  }
}
