package io.sluice.launcher.warm;

import io.sluice.cache.BlockCache;
import io.sluice.cache.CacheException;
import io.sluice.cache.KeyPattern;
import io.sluice.launcher.bucket.BucketConnection;
import io.sluice.launcher.bucket.BucketHint;
import io.sluice.launcher.cli.ByteSize;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.ProgressLine;
import io.sluice.launcher.cli.Speed;
import io.sluice.launcher.cli.StopSignals;
import io.sluice.launcher.warm.WarmTally.Outcome;
import io.sluice.store.ObjectStore;
import io.sluice.store.StoreException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Fills the cache, or looks at it: opens store and cache, works, says what became of it. */
final class Warming {
  private static final Duration TICK = Duration.ofMillis(200);

  private final WarmRequest request;
  private final PrintWriter out;
  private final ProgressLine line;

  /**
   * Of a request.
   *
   * @param out where a check tells of each object
   */
  Warming(WarmRequest request, PrintWriter out, ProgressLine line) {
    this.request = request;
    this.out = out;
    this.line = line;
  }

  /**
   * Returns when all is over, or has been stopped: with the code of the signal then.
   *
   * @throws Failure where something is not in the cache at the end
   */
  int run(StopSignals stop) throws Failure {
    try (BucketConnection bucket = BucketConnection.open(request.bucket())) {
      ObjectStore store = bucket.store();
      try (BlockCache cache =
          BlockCache.open(request.cache(), request.bucket().identity(), store)) {
        bucket.awaitAnswer();
        stop.begun();
        return warm(store, cache, stop);
      }
    } catch (CacheException e) {
      throw Failure.of(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.unexpected(e);
    }
  }

  private int warm(ObjectStore store, BlockCache cache, StopSignals stop)
      throws Failure, InterruptedException {
    long started = System.nanoTime();
    try (var crew = new WarmCrew(store, request.cache().fetching().parallelism(), line::say)) {
      WarmWork work =
          request.isCheck()
              ? new WarmWork.Check(cache, request.isQuiet(), this::tell)
              : fetch(new WarmWork.Fetch(cache, crew::isStopped, line::say));
      var objects = new SelectedObjects(store, request.selection());
      FutureTask<List<KeyPattern>> finding = started("list", () -> ended(objects, crew));
      FutureTask<WarmProgress> working =
          started(
              "warm",
              () -> {
                crew.work(work);
                return crew.progress();
              });
      var speed = new Speed();
      while (!isOver(working)) {
        if (stop.hasCome() && !crew.isStopped()) stop(crew);
        speed.at(System.nanoTime(), cache.statistics().fetched());
        if (!request.isCheck())
          line.show(crew.progress().line(speed.perSecond()), System.nanoTime());
      }
      if (stop.hasCome()) return stopped(crew, stop);
      for (KeyPattern pattern : result(finding)) {
        line.say(unmatched(pattern));
        crew.tally().add(Outcome.MISSING);
      }
      return finished(crew, cache.statistics().fetched(), System.nanoTime() - started);
    }
  }

  private void stop(WarmCrew crew) {
    crew.stop();
    line.say("stopping: what is under way comes to its end first");
  }

  private WarmWork fetch(WarmWork.Fetch all) {
    return request
        .profile()
        .<WarmWork>map(profile -> new WarmWork.Follow(all, profile.ranges(), line::say))
        .orElse(all);
  }

  private static List<KeyPattern> ended(SelectedObjects objects, WarmCrew crew)
      throws StoreException, InterruptedException {
    try {
      return objects.handTo(crew);
    } finally {
      crew.allFound();
    }
  }

  private static <T> FutureTask<T> started(String name, Callable<T> work) {
    var task = new FutureTask<>(work);
    Thread.ofPlatform().name(name).daemon().start(task);
    return task;
  }

  private static boolean isOver(FutureTask<?> task) throws Failure, InterruptedException {
    try {
      task.get(TICK.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException e) {
      throw Failure.unexpected(e.getCause() == null ? e : e.getCause());
    }
  }

  /** Of a listing, which is over when the work is. */
  private List<KeyPattern> result(FutureTask<List<KeyPattern>> finding)
      throws Failure, InterruptedException {
    try {
      return finding.get();
    } catch (ExecutionException e) {
      line.takeAway();
      if (e.getCause() instanceof StoreException reason)
        throw BucketHint.failure(request.bucket().address(), reason);
      throw Failure.unexpected(e.getCause() == null ? e : e.getCause());
    }
  }

  private String unmatched(KeyPattern pattern) {
    boolean isAll = pattern.literal().equals(request.bucket().address().prefix());
    return isAll && pattern.kind() == KeyPattern.Kind.PREFIX
        ? "%s: there is no object: check the prefix".formatted(request.bucket().address())
        : "%s: no object matches: check the pattern".formatted(pattern);
  }

  private int stopped(WarmCrew crew, StopSignals stop) {
    line.end(
        "stopped with %d of %d files in the cache: the same command goes on from here"
            .formatted(crew.tally().count(Outcome.THERE), crew.progress().filesAll()));
    return stop.exitCode();
  }

  private int finished(WarmCrew crew, long fetched, long nanos) throws Failure {
    WarmTally tally = crew.tally();
    if (tally.code() != ExitCode.OK) {
      line.takeAway();
      throw new Failure(tally.code(), tally.summary(), null);
    }
    if (tally.count(Outcome.THERE) == 0 && tally.count(Outcome.STALE) > 0) {
      line.takeAway();
      throw new Failure(
          ExitCode.NOT_FOUND, "nothing is what the profile recorded: record it again", null);
    }
    String all =
        "%d files, %s, are in the cache at %s"
            .formatted(
                tally.count(Outcome.THERE),
                new ByteSize(crew.progress().bytes()),
                request.cache().directory());
    double seconds = nanos / 1e9;
    line.end(
        request.isCheck()
            ? all + ", complete and intact"
            : "%s: %s fetched in %.1f s, %.0f MB/s"
                .formatted(all, new ByteSize(fetched), seconds, fetched / 1e6 / seconds));
    return ExitCode.OK.number();
  }

  private void tell(String object) {
    out.println(object);
  }
}
