package io.sluice.store.gcs;

import io.sluice.store.http.PooledClient;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.Timeout;

/** The connections to a bucket, and to where its tokens come from. */
final class HttpConnections {
  /** Beside the bucket's: whoever wants a new token need not wait for a body to end. */
  private static final int FOR_TOKENS = 2;

  private HttpConnections() {}

  /**
   * Opens none yet.
   *
   * @throws IllegalArgumentException where the authorities cannot be read
   */
  static CloseableHttpClient pool(GcsSettings.Transport transport) {
    GcsSettings.Patience patience = transport.patience();
    int connections = transport.connections();
    var limits =
        new PooledClient.Limits(
            connections, connections + FOR_TOKENS, patience.connect(), patience.silence());
    Timeout silence = Timeout.of(patience.silence());
    return PooledClient.builder(
            PoolingHttpClientConnectionManagerBuilder.create(),
            limits,
            transport.caBundle(),
            transport.proxy())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(silence)
                .setResponseTimeout(silence)
                .build())
        .build();
  }
}
