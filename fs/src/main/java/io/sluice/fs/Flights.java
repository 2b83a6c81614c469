package io.sluice.fs;

import io.sluice.store.StoreException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** One request for all who want the same thing at the same time: the first asks, the rest wait. */
final class Flights<K, V> {
  /** Asks the store. */
  @FunctionalInterface
  interface Request<V> {
    V send() throws StoreException;
  }

  private final ConcurrentHashMap<K, CompletableFuture<V>> flights = new ConcurrentHashMap<>();
  private final Duration waitLimit;

  Flights(Duration waitLimit) {
    this.waitLimit = waitLimit;
  }

  /** Sends the request, or waits for the answer of one under way for the same key. */
  V join(K key, Request<V> request) throws StoreException {
    var mine = new CompletableFuture<V>();
    var earlier = flights.putIfAbsent(key, mine);
    if (earlier != null) return await(key, earlier);
    try {
      V answer = request.send();
      mine.complete(answer);
      return answer;
    } catch (Throwable failure) {
      mine.completeExceptionally(failure);
      throw failure;
    } finally {
      flights.remove(key, mine);
    }
  }

  private V await(K key, CompletableFuture<V> answer) throws StoreException {
    return Waits.forAnswer(answer, waitLimit, String.valueOf(key));
  }
}
