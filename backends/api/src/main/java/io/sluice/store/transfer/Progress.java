package io.sluice.store.transfer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.function.LongConsumer;

/**
 * How many bytes are done, told to somebody, one call at a time; what has to be done again is taken
 * back.
 */
final class Progress {
  private final LongConsumer listener;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private long sum;

  Progress(LongConsumer listener) {
    this.listener = listener;
  }

  void add(long bytes) {
    synchronized (lock) {
      sum += bytes;
      if (bytes != 0) listener.accept(bytes);
    }
  }

  void takeBack() {
    synchronized (lock) {
      add(-sum);
    }
  }
}
