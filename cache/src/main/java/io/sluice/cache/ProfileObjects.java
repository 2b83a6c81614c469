package io.sluice.cache;

import io.sluice.cache.profile.AccessProfile;
import io.sluice.cache.profile.ProfileEntry;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the bucket which objects of a profile are still what was recorded: in the order of the
 * profile, a few at once. For one thread.
 */
final class ProfileObjects {
  private static final Logger LOG = LoggerFactory.getLogger(ProfileObjects.class);

  /** Half of the connections that are kept for lookups: the others are for who opens files. */
  private static final int AT_ONCE = 8;

  /** The store has limits of its own; this is for one that breaks them. */
  private static final Duration ANSWER_WITHIN = Duration.ofMinutes(2);

  private static final long LOOK_MILLIS = 50;

  private final Set<ObjectVersion> recorded = new HashSet<>();
  private final Iterator<String> keys;
  private final int count;
  private final ObjectStore store;
  private final Executor threads;
  private int stale;

  ProfileObjects(AccessProfile profile, ObjectStore store, Executor threads) {
    for (ProfileEntry entry : profile.entries()) recorded.add(entry.version());
    this.count = profile.keys().size();
    this.keys = profile.keys().iterator();
    this.store = store;
    this.threads = threads;
  }

  /** Whether there are more to ask for. */
  boolean hasNext() {
    return keys.hasNext();
  }

  /**
   * The next few of them that are what they were. What is not is told in the log.
   *
   * @param isStopped whether the answer is of no interest any more
   */
  List<ObjectVersion> next(BooleanSupplier isStopped) throws InterruptedException {
    List<FutureTask<Optional<ObjectVersion>>> asked = new ArrayList<>();
    while (keys.hasNext() && asked.size() < AT_ONCE) {
      String key = keys.next();
      var asking = new FutureTask<>(() -> ask(key));
      asked.add(asking);
      threads.execute(asking);
    }
    long started = System.nanoTime();
    List<ObjectVersion> found = new ArrayList<>();
    for (FutureTask<Optional<ObjectVersion>> asking : asked) {
      while (!isOver(asking)) {
        if (isStopped.getAsBoolean()) return List.of();
        if (System.nanoTime() - started > ANSWER_WITHIN.toNanos()) break;
      }
      Optional<ObjectVersion> answer = asking.isDone() ? asking.resultNow() : Optional.empty();
      answer.ifPresent(found::add);
      if (answer.isEmpty()) stale++;
    }
    if (!keys.hasNext() && stale > 0)
      LOG.info(
          "{} of {} objects of the profile are not what was recorded: they are not fetched ahead",
          stale,
          count);
    return found;
  }

  /** Empty where nothing is known of how it is read. */
  private Optional<ObjectVersion> ask(String key) {
    try {
      ObjectVersion now = store.head(key).version();
      if (recorded.contains(now)) return Optional.of(now);
      LOG.debug("{} was replaced since it was recorded", key);
    } catch (StoreException e) {
      LOG.debug("{}, of the profile: {}", key, e.getMessage());
    }
    return Optional.empty();
  }

  private static boolean isOver(FutureTask<?> task) throws InterruptedException {
    try {
      task.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("asking for an object", e);
    }
  }
}
