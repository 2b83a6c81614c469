package io.sluice.store.gcs;

import io.sluice.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many small requests, a few at a time, in the place of one that the server does not offer. */
final class SideBySide {
  /** They belong to one request of the caller, and leave connections to the others. */
  private static final int AT_ONCE = 4;

  interface Step<T> {
    void run(T of) throws StoreException;
  }

  interface Mapping<T, R> {
    R map(int index, T of) throws StoreException;
  }

  private SideBySide() {}

  static <T> void each(List<T> all, Step<T> step) throws StoreException {
    map(
        all,
        (_, one) -> {
          step.run(one);
          return true;
        });
  }

  /**
   * Results in the order of what they are of. All are tried.
   *
   * @throws StoreException of the first one that failed
   */
  static <T, R> List<R> map(List<T> all, Mapping<T, R> mapping) throws StoreException {
    var tasks = new ArrayList<Callable<R>>();
    for (int i = 0; i < all.size(); i++) {
      int index = i;
      tasks.add(() -> mapping.map(index, all.get(index)));
    }
    var results = new ArrayList<R>();
    if (tasks.isEmpty()) return results;
    try (var threads =
        Executors.newFixedThreadPool(
            Math.min(AT_ONCE, tasks.size()), Thread.ofVirtual().factory())) {
      for (Future<R> result : threads.invokeAll(tasks)) results.add(result.get());
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException reason) throw reason;
      throw new StoreException.Invalid("one of many requests failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException.Unavailable("interrupted between many requests", e);
    }
  }
}
