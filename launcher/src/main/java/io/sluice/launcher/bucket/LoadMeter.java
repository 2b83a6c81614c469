package io.sluice.launcher.bucket;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.store.ByteBufferReadable;
import io.sluice.store.ByteRange;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreDecorator;
import io.sluice.store.StoreException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Measures how busy the way to a store is: how long anything was being fetched, by how many
 * requests, and how often the store failed in a way that is tried again.
 */
public final class LoadMeter extends StoreDecorator {
  /**
   * What was measured so far.
   *
   * @param loadNanos for how long at least one GET was under way
   * @param getNanos how long GETs took, all together: so many of {@code loadNanos} as were under
   *     way on the average
   * @param slowDowns how often the store asked for fewer requests
   * @param retries failures that are tried again, slow-downs included
   */
  public record Figures(long loadNanos, long getNanos, long slowDowns, long retries) {}

  private final LongSupplier nanos;
  private final LongAdder slowDowns = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private int inFlight;

  @GuardedBy("lock")
  private long last;

  @GuardedBy("lock")
  private long loadNanos;

  @GuardedBy("lock")
  private long getNanos;

  /**
   * Measures the requests to a store.
   *
   * @param nanos a clock that only goes forward
   */
  LoadMeter(ObjectStore inner, LongSupplier nanos) {
    super(inner);
    this.nanos = nanos;
  }

  Figures figures() {
    lock.lock();
    try {
      countTime();
      return new Figures(loadNanos, getNanos, slowDowns.sum(), retries.sum());
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void countTime() {
    long now = nanos.getAsLong();
    if (inFlight > 0) {
      loadNanos += now - last;
      getNanos += (now - last) * inFlight;
    }
    last = now;
  }

  private void changeInFlight(int by) {
    lock.lock();
    try {
      countTime();
      inFlight += by;
    } finally {
      lock.unlock();
    }
  }

  private void count(IOException e) {
    if (e instanceof StoreException.Throttled) slowDowns.increment();
    if (e instanceof StoreException reason && reason.isRetryable()) retries.increment();
  }

  @Override
  protected <T> T send(Request request, Sending<T> sending) throws StoreException {
    try {
      return sending.now();
    } catch (StoreException e) {
      count(e);
      throw e;
    }
  }

  @Override
  public InputStream open(ObjectVersion version, ByteRange range) throws StoreException {
    changeInFlight(1);
    boolean isOpen = false;
    try {
      var body = new Body(inner.open(version, range));
      isOpen = true;
      return body;
    } catch (StoreException e) {
      count(e);
      throw e;
    } finally {
      if (!isOpen) changeInFlight(-1);
    }
  }

  private final class Body extends FilterInputStream implements ByteBufferReadable {
    private final AtomicBoolean isClosed = new AtomicBoolean();

    Body(InputStream body) {
      super(body);
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (IOException e) {
        count(e);
        throw e;
      }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        return super.read(into, offset, length);
      } catch (IOException e) {
        count(e);
        throw e;
      }
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      try {
        return ByteBufferReadable.read(in, into);
      } catch (IOException e) {
        count(e);
        throw e;
      }
    }

    @Override
    public void close() throws IOException {
      if (isClosed.compareAndSet(false, true)) changeInFlight(-1);
      super.close();
    }
  }
}
