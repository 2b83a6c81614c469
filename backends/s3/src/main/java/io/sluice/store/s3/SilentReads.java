package io.sluice.store.s3;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes channels of which a read has waited too long. A read of a channel has no time-out of its
 * own, and one that has (a socket's) costs two calls of the system more and a copy. Thread-safe.
 */
final class SilentReads implements AutoCloseable {
  /** So often in the time that nothing may come it is looked at. */
  private static final int LOOKS = 8;

  private static final Logger LOG = LoggerFactory.getLogger(SilentReads.class);

  private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("silence").factory());

  /**
   * Begins to look.
   *
   * @param silence the shortest that will be asked for; others are found as late as this one
   */
  SilentReads(Duration silence) {
    long period = Math.max(1, silence.toMillis() / LOOKS);
    var _ = clock.scheduleWithFixedDelay(this::look, period, period, TimeUnit.MILLISECONDS);
  }

  /** Reads of one channel, one at a time. */
  static final class Waiting {
    private static final long NOBODY = Long.MAX_VALUE;

    private final SocketChannel channel;
    private volatile long since = NOBODY;
    private volatile long allowedNanos;
    private volatile boolean isLate;

    private Waiting(SocketChannel channel) {
      this.channel = channel;
    }

    /**
     * Reads, or closes the channel.
     *
     * @throws SocketTimeoutException where nothing came in time, give or take an eighth
     */
    int read(byte[] into, int offset, int length, int millis) throws IOException {
      allowedNanos = TimeUnit.MILLISECONDS.toNanos(millis);
      since = System.nanoTime();
      try {
        return Landing.fill(channel, into, offset, length);
      } catch (ClosedByInterruptException e) {
        throw e;
      } catch (AsynchronousCloseException e) {
        if (!isLate) throw e;
        var late = new SocketTimeoutException("Read timed out");
        late.initCause(e);
        throw late;
      } finally {
        since = NOBODY;
      }
    }

    private void look(long now) throws IOException {
      long began = since;
      if (began == NOBODY || now - began < allowedNanos) return;
      isLate = true;
      channel.close();
    }
  }

  Waiting of(SocketChannel channel) {
    var reads = new Waiting(channel);
    waiting.add(reads);
    return reads;
  }

  private void look() {
    waiting.removeIf(reads -> !reads.channel.isOpen());
    long now = System.nanoTime();
    for (Waiting reads : waiting) {
      try {
        reads.look(now);
      } catch (IOException e) {
        LOG.debug("a silent connection does not close well", e); // whoever reads is told
      }
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
