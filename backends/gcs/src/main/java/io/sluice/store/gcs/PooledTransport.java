package io.sluice.store.gcs;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import java.net.URI;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.util.Timeout;

/**
 * The SDK's requests over the connections of {@link HttpConnections}. Answers are read whole before
 * they are looked at, or, of a transport for bodies, left open behind their headers. Safe for use
 * by many threads.
 */
final class PooledTransport extends HttpTransport {
  /** How far a request goes before it returns. */
  enum Returns {
    /** When the answer is here; all of it within the deadline. */
    WITH_THE_ANSWER,
    /** With the headers of a success; only they are bound by the deadline. */
    BEFORE_THE_BODY
  }

  private final CloseableHttpClient client;
  private final ScheduledExecutorService clock;
  private final GcsSettings.Patience patience;
  private final Returns returns;

  PooledTransport(
      CloseableHttpClient client,
      ScheduledExecutorService clock,
      GcsSettings.Patience patience,
      Returns returns) {
    this.client = client;
    this.clock = clock;
    this.patience = patience;
    this.returns = returns;
  }

  @Override
  public boolean supportsMethod(String method) {
    return true;
  }

  @Override
  protected LowLevelHttpRequest buildRequest(String method, String url) {
    var request = new HttpUriRequestBase(method, URI.create(withoutSemicolons(url)));
    boolean isWrite = method.equals("POST");
    GcsSettings.Patience allowed = isWrite ? patience.forWriting() : patience;
    Timeout silence = Timeout.of(allowed.silence());
    request.setConfig(
        RequestConfig.custom()
            .setConnectionRequestTimeout(silence)
            .setResponseTimeout(silence)
            .build());
    return new PooledRequest(client, request, clock, allowed.answer(), returns);
  }

  /** The SDK leaves them in values of the query, where some servers take them for its ends. */
  private static String withoutSemicolons(String url) {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query) + url.substring(query).replace(";", "%3B");
  }
}
