package io.sluice.launcher.objects;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.store.BlockwiseInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Bytes on their way from one thread to another, of which only so many are in between. It ends when
 * the writer says that it was all, and by no accident: where the writer fails, so does the reader.
 */
final class BytePipe {
  private final byte[] ring;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();

  @GuardedBy("lock")
  private int start;

  @GuardedBy("lock")
  private int count;

  @GuardedBy("lock")
  private boolean isFinished;

  @GuardedBy("lock")
  private @Nullable IOException failure;

  /** So many bytes at most in between. */
  BytePipe(int capacity) {
    this.ring = new byte[capacity];
  }

  /** All bytes are written: after them the reader finds the end. */
  void finish() {
    lock.lock();
    try {
      isFinished = true;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whoever reads or writes from now on gets this; only the first reason counts. */
  void fail(IOException reason) {
    lock.lock();
    try {
      if (failure == null) failure = reason;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** For the thread that writes; closing it says nothing. */
  OutputStream sink() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int done = 0;
        while (done < length) done += put(bytes, offset + done, length - done);
      }
    };
  }

  /** For the thread that reads. */
  InputStream source() {
    return new BlockwiseInput() {
      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        return length == 0 ? 0 : take(into, offset, length);
      }
    };
  }

  private int put(byte[] bytes, int offset, int length) throws IOException {
    lock.lock();
    try {
      while (count == ring.length && failure == null) moved.await();
      throwFailure();
      int at = (start + count) % ring.length;
      int some = Math.min(length, Math.min(ring.length - count, ring.length - at));
      System.arraycopy(bytes, offset, ring, at, some);
      count += some;
      moved.signalAll();
      return some;
    } catch (InterruptedException e) {
      throw interrupted(e);
    } finally {
      lock.unlock();
    }
  }

  private int take(byte[] into, int offset, int length) throws IOException {
    lock.lock();
    try {
      while (count == 0 && !isFinished && failure == null) moved.await();
      throwFailure();
      if (count == 0) return -1;
      int some = Math.min(length, Math.min(count, ring.length - start));
      System.arraycopy(ring, start, into, offset, some);
      start = (start + some) % ring.length;
      count -= some;
      moved.signalAll();
      return some;
    } catch (InterruptedException e) {
      throw interrupted(e);
    } finally {
      lock.unlock();
    }
  }

  private static IOException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return (IOException) new InterruptedIOException("interrupted").initCause(e);
  }

  @GuardedBy("lock")
  private void throwFailure() throws IOException {
    if (failure != null) throw failure;
  }
}
