package io.sluice.store.transfer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.store.AtExit;
import io.sluice.store.MultipartUploads;
import io.sluice.store.ObjectAttributes;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Part;
import io.sluice.store.Payload;
import io.sluice.store.Precondition;
import io.sluice.store.StoreException;
import io.sluice.store.UploadId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An upload in parts that is either completed or aborted: closing it aborts it, unless it was
 * completed, or is to be kept. It is aborted too where the JVM is told to stop; what a killed
 * process leaves is for {@link StaleUploads}.
 *
 * <pre>{@code
 * try (var upload = MultipartUpload.create(store, key, attributes)) {
 *   upload.put(1, first);
 *   upload.put(2, second);
 *   return upload.complete(Precondition.NONE);
 * }
 * }</pre>
 *
 * <p>For many threads at once; whoever closes it sees to it that no part is on its way any more,
 * since a store may keep a part that arrives while its upload is aborted.
 */
public final class MultipartUpload implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MultipartUpload.class);

  private static final Duration FOR_LATE_PARTS = Duration.ofMillis(300);

  private final MultipartUploads uploads;
  private final UploadId id;
  private final Map<Integer, Part> parts = new ConcurrentSkipListMap<>();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtExit.Entry atExit;
  private volatile boolean kept;

  /** Held while it is aborted: whoever wants that, too, goes on when it is done. */
  private final ReentrantLock aborting = new ReentrantLock();

  private final Object lock = new Object();

  @GuardedBy("lock")
  private int onTheirWay;

  private MultipartUpload(MultipartUploads uploads, UploadId id) {
    this.uploads = uploads;
    this.id = id;
    this.atExit = AtExit.JVM.add("upload " + id.id() + " to " + id.key(), this::abortAtExit);
  }

  /** Begins an upload. */
  public static MultipartUpload create(ObjectStore store, String key, ObjectAttributes attributes)
      throws StoreException {
    MultipartUploads uploads = store.uploads();
    return new MultipartUpload(uploads, uploads.create(key, attributes));
  }

  /**
   * Goes on with an upload that was kept, with the parts that the store has of it.
   *
   * @throws StoreException.NotFound where there is no such upload any more
   */
  public static MultipartUpload resume(ObjectStore store, UploadId id) throws StoreException {
    MultipartUploads uploads = store.uploads();
    List<Part> sent = uploads.parts(id);
    var upload = new MultipartUpload(uploads, id);
    for (Part part : sent) upload.parts.put(part.number(), part);
    return upload;
  }

  /** By which it can be resumed. */
  public UploadId id() {
    return id;
  }

  /** What the store has, by number. */
  public List<Part> parts() {
    return List.copyOf(parts.values());
  }

  /**
   * Sends a part.
   *
   * @param number 1 to {@link Part#MOST}
   * @param body 5 MiB to 5 GiB; the last part may be shorter
   */
  public Part put(int number, Payload body) throws StoreException {
    if (ended.get()) throw new IllegalStateException("the upload to " + id.key() + " has ended");
    count(1);
    try {
      Part part = uploads.put(id, number, body);
      parts.put(number, part);
      return part;
    } finally {
      count(-1);
    }
  }

  private void count(int more) {
    synchronized (lock) {
      onTheirWay += more;
      lock.notifyAll();
    }
  }

  /** Whether no part is on its way any more, within a limit. */
  private boolean areNoneOnTheirWay(Duration within) throws InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    synchronized (lock) {
      while (onTheirWay > 0) {
        long left = end - System.nanoTime();
        if (left <= 0) return false;
        TimeUnit.NANOSECONDS.timedWait(lock, left);
      }
      return true;
    }
  }

  /**
   * Makes all that was put the object, in the order of the numbers. Where the answer is lost, the
   * store is asked once more what became of it.
   *
   * @throws StoreException.Changed where the precondition does not hold
   * @throws StoreException.Unavailable also where it is not known whether there is an object now
   */
  public ObjectVersion complete(Precondition precondition) throws StoreException {
    List<Part> all = parts();
    ObjectVersion version;
    try {
      version = uploads.complete(id, all, precondition);
    } catch (StoreException.Unavailable e) {
      version = completeAgain(all, precondition, e);
    }
    ended.set(true);
    atExit.close();
    return version;
  }

  /** What is there already is told by the store, so that nothing is aborted unseen. */
  private ObjectVersion completeAgain(
      List<Part> all, Precondition precondition, StoreException.Unavailable first)
      throws StoreException {
    if (Thread.currentThread().isInterrupted()) throw unknown(first);
    try {
      return uploads.complete(id, all, precondition);
    } catch (StoreException.Unavailable e) {
      first.addSuppressed(e);
      throw unknown(first);
    } catch (StoreException e) {
      e.addSuppressed(first);
      throw e;
    }
  }

  private StoreException unknown(StoreException reason) {
    return new StoreException.Unavailable(
        "nobody knows whether the upload to %s was completed: look at the object: %s"
            .formatted(id.key(), reason.getMessage()),
        reason);
  }

  /** Closing it leaves it in the store, to be resumed by its {@link #id()}. */
  public void keep() {
    kept = true;
    atExit.close();
  }

  /**
   * Aborts the upload unless it was completed or is kept, also where the thread is interrupted. A
   * second close does nothing.
   *
   * @throws StoreException where that failed: the upload is still there, and its name is in the log
   */
  @Override
  public void close() throws StoreException {
    try {
      abort();
    } finally {
      atExit.close();
    }
  }

  /** Where the JVM stops, parts may be on their way, and a store keeps what comes later. */
  private void abortAtExit() throws StoreException {
    try {
      boolean isLast = areNoneOnTheirWay(Duration.ZERO);
      abort();
      if (isLast || kept) return;
      if (!areNoneOnTheirWay(FOR_LATE_PARTS)) LOG.debug("parts to {} are on their way", id.key());
      uploads.abort(id);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void abort() throws StoreException {
    // The JVM stops when its hooks return: they wait for whoever aborts already.
    aborting.lock();
    try {
      abortOnce();
    } finally {
      aborting.unlock();
    }
  }

  private void abortOnce() throws StoreException {
    if (kept || !ended.compareAndSet(false, true)) return;
    // Clients give up at once where their thread is interrupted, and the parts would stay.
    boolean interrupted = Thread.interrupted();
    try {
      uploads.abort(id);
    } catch (StoreException | RuntimeException e) {
      LOG.warn("upload {} to {} is not aborted: {}", id.id(), id.key(), e.getMessage());
      throw e;
    } finally {
      if (interrupted) Thread.currentThread().interrupt();
    }
  }
}
