package io.sluice.store.gcs;

import java.time.Duration;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The connections: a bounded pool of them, kept alive, every wait limited, and nothing done behind
 * our back: no repetition, no redirect, no decompression, no cookies.
 */
final class HttpConnections {
  /** Shorter than load balancers keep idle connections. */
  private static final TimeValue MAX_IDLE = TimeValue.ofSeconds(20);

  /** So that connections follow the addresses that the DNS gives. */
  private static final TimeValue MAX_LIFE = TimeValue.ofMinutes(5);

  /** Beside the bucket's: whoever wants a new token need not wait for a body to end. */
  private static final int FOR_TOKENS = 2;

  private HttpConnections() {}

  /**
   * Opens none yet.
   *
   * @param most connections to one server
   */
  static CloseableHttpClient pool(int most, GcsSettings.Patience patience) {
    Timeout silence = timeout(patience.silence());
    var connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setMaxConnPerRoute(most)
            .setMaxConnTotal(most + FOR_TOKENS)
            .setDefaultSocketConfig(
                SocketConfig.custom().setSoKeepAlive(true).setTcpNoDelay(true).build())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(timeout(patience.connect()))
                    .setSocketTimeout(silence)
                    .setTimeToLive(MAX_LIFE)
                    .setValidateAfterInactivity(TimeValue.ofSeconds(2))
                    .build())
            .build();
    return HttpClients.custom()
        .setConnectionManager(connections)
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(silence)
                .setResponseTimeout(silence)
                .build())
        .setKeepAliveStrategy((_, _) -> MAX_IDLE)
        .evictIdleConnections(MAX_IDLE)
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableContentCompression()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableDefaultUserAgent()
        .build();
  }

  private static Timeout timeout(Duration duration) {
    return Timeout.of(duration);
  }
}
