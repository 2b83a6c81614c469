package io.sluice.store.gcs;

import io.sluice.store.network.Authorities;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
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
   * @throws IllegalArgumentException where the authorities cannot be read
   */
  static CloseableHttpClient pool(GcsSettings.Transport transport) {
    Timeout silence = timeout(transport.patience().silence());
    HttpClientBuilder client =
        HttpClients.custom()
            .setConnectionManager(connections(transport))
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
            .disableDefaultUserAgent();
    transport.proxy().ifPresent(proxy -> ThroughProxy.go(client, proxy));
    return client.build();
  }

  private static PoolingHttpClientConnectionManager connections(GcsSettings.Transport transport) {
    PoolingHttpClientConnectionManagerBuilder builder =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setMaxConnPerRoute(transport.connections())
            .setMaxConnTotal(transport.connections() + FOR_TOKENS)
            .setDefaultSocketConfig(
                SocketConfig.custom().setSoKeepAlive(true).setTcpNoDelay(true).build())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(timeout(transport.patience().connect()))
                    .setSocketTimeout(timeout(transport.patience().silence()))
                    .setTimeToLive(MAX_LIFE)
                    .setValidateAfterInactivity(TimeValue.ofSeconds(2))
                    .build());
    transport.caBundle().ifPresent(pem -> builder.setTlsSocketStrategy(trusting(pem)));
    return builder.build();
  }

  private static TlsSocketStrategy trusting(Path pem) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, Authorities.with(pem), null);
      return new DefaultClientTlsStrategy(context);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  private static Timeout timeout(Duration duration) {
    return Timeout.of(duration);
  }
}
