package io.sluice.store;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be undone where the JVM is told to stop in the middle of it. There is a hook only
 * while there is something to undo; it takes {@value #PATIENCE_MILLIS} ms at most, and says then
 * what is left. For many threads at once.
 */
public final class AtExit {
  /** Of this JVM. */
  public static final AtExit JVM = new AtExit();

  private static final Logger LOG = LoggerFactory.getLogger(AtExit.class);

  /** With the 0.6 s before it, a command that is stopped ends within two seconds. */
  private static final int PATIENCE_MILLIS = 1_400;

  private static final Duration PATIENCE = Duration.ofMillis(PATIENCE_MILLIS);

  /** How something is undone; undoing it twice must do no harm. */
  public interface Undoing {
    void run() throws IOException;
  }

  /** Something that may have to be undone, until it is closed. */
  public final class Entry implements AutoCloseable {
    private final String what;
    private final Undoing undoing;

    private Entry(String what, Undoing undoing) {
      this.what = what;
      this.undoing = undoing;
    }

    /** Nothing to undo any more. A second close does nothing. */
    @Override
    public void close() {
      forget(this);
    }

    private void undo() {
      try {
        undoing.run();
      } catch (IOException | RuntimeException e) {
        LOG.warn("left behind: {}: {}", what, e.toString());
      }
    }
  }

  private final Object lock = new Object();

  @GuardedBy("lock")
  private final Set<Entry> entries = new LinkedHashSet<>();

  @GuardedBy("lock")
  private @Nullable Thread hook;

  /** From now on this is undone where the JVM is told to stop. */
  public Entry add(String what, Undoing undoing) {
    var entry = new Entry(what, undoing);
    synchronized (lock) {
      entries.add(entry);
      if (hook == null) hook = register();
    }
    return entry;
  }

  private void forget(Entry entry) {
    synchronized (lock) {
      entries.remove(entry);
      Thread registered = hook;
      if (!entries.isEmpty() || registered == null) return;
      hook = null;
      try {
        Runtime.getRuntime().removeShutdownHook(registered);
      } catch (IllegalStateException e) {
        LOG.debug("the JVM stops already: {}", e.getMessage());
      }
    }
  }

  private Thread register() {
    Thread thread = Thread.ofPlatform().name("transfers-undo").unstarted(() -> undoAll(PATIENCE));
    try {
      Runtime.getRuntime().addShutdownHook(thread);
    } catch (IllegalStateException e) {
      LOG.debug("the JVM stops already: {}", e.getMessage());
    }
    return thread;
  }

  /** Undoes all at the same time, and returns when that is done, or the time is over. */
  public void undoAll(Duration patience) {
    List<Entry> open;
    synchronized (lock) {
      open = List.copyOf(entries);
    }
    long end = System.nanoTime() + patience.toNanos();
    Map<Entry, Thread> threads = new LinkedHashMap<>();
    for (Entry entry : open) threads.put(entry, Thread.ofVirtual().start(entry::undo));
    try {
      for (var undoing : threads.entrySet())
        if (!undoing.getValue().join(Duration.ofNanos(Math.max(0, end - System.nanoTime()))))
          LOG.warn("left behind: {}: it takes too long", undoing.getKey().what);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether there is nothing to undo. */
  public boolean isEmpty() {
    synchronized (lock) {
      return entries.isEmpty();
    }
  }
}
