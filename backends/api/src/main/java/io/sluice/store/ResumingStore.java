package io.sluice.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store that gets over what passes: a request that failed in a retryable way is made again, and a
 * body that breaks is reopened at the byte where it broke, in the same version. The one place where
 * anything is retried.
 *
 * <p>A write with a precondition whose answer was lost may have been done: where its repetition
 * finds the precondition broken, nobody can tell whether by us. That is {@link
 * StoreException.Unavailable}, never a claim to have won or lost.
 */
public final class ResumingStore extends StoreDecorator {
  private static final Logger LOG = LoggerFactory.getLogger(ResumingStore.class);

  private final Retry retry;
  private final Retry.Waiting waiting;

  public ResumingStore(ObjectStore inner, Retry retry, Retry.Waiting waiting) {
    super(inner);
    this.retry = retry;
    this.waiting = waiting;
  }

  @Override
  protected <T> T send(Request request, Sending<T> sending) throws StoreException {
    Retry.Failures failures = retry.new Failures(waiting);
    boolean answerWasLost = false;
    while (true) {
      try {
        return sending.now();
      } catch (StoreException.Changed | StoreException.Conflict e) {
        if (answerWasLost && request.isConditional()) throw unknown(request, e);
        throw e;
      } catch (StoreException e) {
        failures.add(e);
        answerWasLost |= e instanceof StoreException.Unavailable;
        LOG.debug("{} again, after: {}", request, e.getMessage());
      }
    }
  }

  private static StoreException unknown(Request request, StoreException last) {
    return new StoreException.Unavailable(
        "%s: the answer was lost, and what is there now is ours or another's: look at it: %s"
            .formatted(request, last.getMessage()),
        last);
  }

  @Override
  public InputStream open(ObjectVersion version, ByteRange range) throws StoreException {
    var body = new ResumedBody(version, range);
    body.reopen();
    return body;
  }

  /** Some bytes of a body. */
  private interface Reading {
    int from(InputStream body) throws IOException;
  }

  /** For one thread at a time; another one may close it, which ends a read under way. */
  private final class ResumedBody extends BlockwiseInput implements ByteBufferReadable {
    private final ObjectVersion version;
    private final Retry.Failures failures = retry.new Failures(waiting);
    private ByteRange left;
    private volatile @Nullable InputStream body;
    private volatile boolean closed;

    ResumedBody(ObjectVersion version, ByteRange range) {
      this.version = version;
      this.left = range;
    }

    private InputStream reopen() throws StoreException {
      while (true) {
        try {
          InputStream opened = inner.open(version, left);
          body = opened;
          if (closed) opened.close(); // while it was being opened
          return opened;
        } catch (StoreException e) {
          failIfClosed(e);
          failures.add(e);
          LOG.debug("again, after: {}", e.getMessage());
        } catch (IOException e) {
          throw new StoreException.Unavailable(version.key(), e);
        }
      }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length == 0) return 0;
      return read(open -> open.read(into, offset, (int) Math.min(length, left.length())));
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      if (!into.hasRemaining()) return 0;
      int limit = into.limit();
      return read(
          open -> {
            into.limit(into.position() + (int) Math.min(limit - into.position(), left.length()));
            try {
              return ByteBufferReadable.read(open, into);
            } finally {
              into.limit(limit);
            }
          });
    }

    private int read(Reading reading) throws IOException {
      if (closed) throw new IOException("the body of " + version.key() + " is closed");
      if (left.isEmpty()) return -1;
      while (true) {
        InputStream open = body;
        if (open == null) open = reopen();
        try {
          int count = reading.from(open);
          if (count < 0) throw endedEarly();
          left = left.after(count);
          failures.forget();
          return count;
        } catch (StoreException e) {
          failIfClosed(e);
          LOG.debug("{} breaks at {}: {}", version.key(), left.start(), e.getMessage());
          giveUp(open, e);
          failures.add(e);
        }
      }
    }

    private void failIfClosed(StoreException reason) throws StoreException {
      if (closed) throw reason;
    }

    private StoreException endedEarly() {
      return new StoreException.Unavailable(
          "the body of %s ended %d bytes early".formatted(version.key(), left.length()), null);
    }

    /** That it does not close well either says nothing new, and is told along with why it broke. */
    private void giveUp(InputStream broken, StoreException why) {
      body = null;
      try {
        broken.close();
      } catch (IOException e) {
        why.addSuppressed(e);
      }
    }

    @Override
    public void close() throws IOException {
      closed = true;
      InputStream open = body;
      body = null;
      if (open != null) open.close();
    }
  }
}
