package io.sluice.store.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;

/**
 * A request with a body, given up where nothing of it moves any more. A socket's time-out is for
 * reading only: a write to a server that takes no bytes would wait as long as TCP does.
 */
final class WatchedRequest implements ExecutableHttpRequest {
  /** So often in the time that nothing may move it is looked at. */
  private static final int LOOKS = 8;

  private final ExecutableHttpRequest request;
  private final Progress progress;
  private final Duration silence;

  /**
   * Watches a request.
   *
   * @param progress of the body that it sends
   * @param silence how long nothing may move
   */
  WatchedRequest(ExecutableHttpRequest request, Progress progress, Duration silence) {
    this.request = request;
    this.progress = progress;
    this.silence = silence;
  }

  /** How far a body has been taken to be sent; opens it as often as it is asked to. */
  static final class Progress implements ContentStreamProvider {
    private final ContentStreamProvider body;
    private final AtomicLong taken = new AtomicLong();

    Progress(ContentStreamProvider body) {
      this.body = body;
    }

    @Override
    public InputStream newStream() {
      return new FilterInputStream(body.newStream()) {
        @Override
        public int read() throws IOException {
          taken.incrementAndGet();
          return super.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
          taken.incrementAndGet();
          return super.read(into, offset, length);
        }
      };
    }
  }

  @Override
  public HttpExecuteResponse call() throws IOException {
    var answered = new CountDownLatch(1);
    var stuck = new CountDownLatch(1);
    Thread.ofVirtual().name("sending").start(() -> watch(answered, stuck));
    try {
      return request.call();
    } catch (IOException e) {
      if (stuck.getCount() > 0) throw e;
      var late = new SocketTimeoutException("nothing was taken for " + silence.toSeconds() + " s");
      late.initCause(e);
      throw late;
    } finally {
      answered.countDown();
    }
  }

  private void watch(CountDownLatch answered, CountDownLatch stuck) {
    try {
      long before = -1;
      int looks = 0;
      // The socket's own time-out, where the server owes an answer, comes first.
      while (looks < LOOKS * 5 / 4) {
        if (answered.await(silence.toMillis() / LOOKS, TimeUnit.MILLISECONDS)) return;
        long now = progress.taken.get();
        looks = now == before ? looks + 1 : 0;
        before = now;
      }
      stuck.countDown();
      request.abort();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody does
    }
  }

  @Override
  public void abort() {
    request.abort();
  }
}
