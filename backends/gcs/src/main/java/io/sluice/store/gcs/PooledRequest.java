package io.sluice.store.gcs;

import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.EntityTemplate;

/** One request of a {@link PooledTransport}, sent once and bounded in time. */
final class PooledRequest extends LowLevelHttpRequest {
  /** Far more than a page of 1000 keys of 1024 bytes takes. */
  private static final int LONGEST_ANSWER = 64 << 20;

  private final CloseableHttpClient client;
  private final HttpUriRequestBase request;
  private final ScheduledExecutorService clock;
  private final Duration answer;
  private final PooledTransport.Returns returns;

  PooledRequest(
      CloseableHttpClient client,
      HttpUriRequestBase request,
      ScheduledExecutorService clock,
      Duration answer,
      PooledTransport.Returns returns) {
    this.client = client;
    this.request = request;
    this.clock = clock;
    this.answer = answer;
    this.returns = returns;
  }

  @Override
  public void addHeader(String name, String value) {
    request.addHeader(name, value);
  }

  /** Sends it. No answer within the deadline is a {@link SocketTimeoutException}. */
  @Override
  public LowLevelHttpResponse execute() throws IOException {
    if (Thread.currentThread().isInterrupted())
      throw new InterruptedIOException("interrupted before the request");
    try (var deadline = Deadline.in(answer, clock, request::cancel)) {
      if (getStreamingContent() != null) request.setEntity(entity(deadline));
      try {
        return answered(client.executeOpen(null, request, HttpClientContext.create()));
      } catch (IOException | RuntimeException e) {
        if (!deadline.hasPassed()) throw e;
        var late = new SocketTimeoutException("within " + answer.toMillis() / 1000.0 + " s");
        late.initCause(e);
        throw late;
      }
    }
  }

  /** The deadline is for the answer: as long as the server takes more, it is put off. */
  private HttpEntity entity(Deadline deadline) {
    return new EntityTemplate(
        getContentLength(),
        getContentType() == null ? null : ContentType.parse(getContentType()),
        getContentEncoding(),
        out -> getStreamingContent().writeTo(new WatchedOutput(out, deadline)));
  }

  private LowLevelHttpResponse answered(ClassicHttpResponse response) throws IOException {
    HttpEntity entity = response.getEntity();
    boolean succeeded = response.getCode() < 300;
    try {
      InputStream body = entity == null ? InputStream.nullInputStream() : entity.getContent();
      long length = entity == null ? 0 : entity.getContentLength();
      if (returns == PooledTransport.Returns.BEFORE_THE_BODY && succeeded)
        return new PooledResponse(response, new OpenBody(body, length, this::giveUp));
      byte[] whole = body.readNBytes(LONGEST_ANSWER + 1);
      if (whole.length > LONGEST_ANSWER)
        throw new IOException("an answer of more than " + LONGEST_ANSWER + " bytes");
      body.close();
      return new PooledResponse(response, new ByteArrayInputStream(whole));
    } catch (IOException | RuntimeException e) {
      giveUp();
      throw e;
    }
  }

  /** Closes the connection at once; closing the answer instead would first read the rest of it. */
  private void giveUp() {
    request.cancel();
  }
}
