package io.sluice.launcher.bucket;

import io.sluice.launcher.cli.Failure;
import io.sluice.store.BucketProbe;
import io.sluice.store.CountingStore;
import io.sluice.store.LimitedStore;
import io.sluice.store.ObjectStore;
import io.sluice.store.ResumingStore;
import io.sluice.store.Retry;
import io.sluice.store.StoreException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A bucket on its way to being open: it is opened and asked for its first key on a thread of its
 * own, while everything that does not need it goes on.
 */
public final class BucketConnection implements AutoCloseable {
  /** A server that answers at all answers in this time, its retries included. */
  private static final Duration ANSWER = Duration.ofSeconds(12);

  /** Finding credentials and a region can mean asking the machine's metadata service. */
  private static final Duration OPEN = Duration.ofSeconds(20);

  /** Beyond this a request had better fail as throttled than wait on. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final BucketSource source;
  private final CompletableFuture<Opened> opening = new CompletableFuture<>();
  private final CompletableFuture<Void> answer = new CompletableFuture<>();

  /** Counted where requests leave us, so that what is repeated counts as often as it was asked. */
  record Opened(CountingStore counted, LoadMeter metered, ObjectStore store) {
    static Opened of(ObjectStore raw, int connections) {
      var counted = new CountingStore(raw);
      var metered = new LoadMeter(counted, System::nanoTime);
      // Resuming outside: whoever pauses before a repetition holds up nobody.
      var limited = new LimitedStore(metered, connections, PATIENCE);
      return new Opened(
          counted, metered, new ResumingStore(limited, Retry.USUAL, Retry.Waiting.REAL));
    }
  }

  private BucketConnection(BucketSource source) {
    this.source = source;
  }

  public static BucketConnection open(BucketSource source) {
    var connection = new BucketConnection(source);
    Thread.ofPlatform().name("bucket").daemon().start(connection::openAndAsk);
    return connection;
  }

  private void openAndAsk() {
    try {
      Opened opened = Opened.of(source.open(), source.connections());
      if (!opening.complete(opened)) {
        opened.store().close(); // nobody waits for it any more
        return;
      }
      BucketProbe.check(opened.store(), source.address().prefix(), ANSWER);
      answer.complete(null);
    } catch (StoreException | RuntimeException | LinkageError e) {
      // The futures hand it on to whoever waits.
      opening.completeExceptionally(e);
      answer.completeExceptionally(e);
    }
  }

  /** The bucket, with retries and a bound; perhaps before it has answered. */
  public ObjectStore store() throws Failure {
    return result(opening, OPEN).store();
  }

  /** Returns when the bucket has answered. */
  public void awaitAnswer() throws Failure {
    result(answer, OPEN.plus(ANSWER));
  }

  /** What has been asked of it so far. */
  public CountingStore.Counts counts() {
    return opening.isDone() && !opening.isCompletedExceptionally()
        ? opening.resultNow().counted().counts()
        : new CountingStore.Counts(0, 0, 0, 0);
  }

  /** How busy the way to it has been so far. */
  public LoadMeter.Figures load() {
    return opening.isDone() && !opening.isCompletedExceptionally()
        ? opening.resultNow().metered().figures()
        : new LoadMeter.Figures(0, 0, 0, 0);
  }

  private <T> T result(CompletableFuture<T> future, Duration within) throws Failure {
    try {
      return future.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException reason)
        throw BucketHint.failure(source.address(), reason);
      throw Failure.unexpected(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw BucketHint.failure(
          source.address(),
          new StoreException.Unavailable("not open within " + within.toSeconds() + " s", e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.unexpected(e);
    }
  }

  @Override
  public void close() {
    boolean wasOnItsWay = opening.cancel(false);
    if (!wasOnItsWay && !opening.isCompletedExceptionally()) opening.resultNow().store().close();
  }
}
