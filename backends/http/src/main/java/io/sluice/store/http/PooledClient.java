package io.sluice.store.http;

import io.sluice.store.network.Authorities;
import io.sluice.store.network.Proxy;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * How stores speak HTTP: over a bounded pool of connections, kept alive, every wait limited, and
 * with nothing done behind our back: no repetition, no redirect, no decompression, no cookies.
 */
public final class PooledClient {
  /** Shorter than load balancers keep idle connections. */
  private static final TimeValue MAX_IDLE = TimeValue.ofSeconds(20);

  /** So that connections follow the addresses that the DNS gives. */
  private static final TimeValue MAX_LIFE = TimeValue.ofMinutes(5);

  /** Longer unused, a connection is looked at before it is used again. */
  private static final TimeValue TRUSTED = TimeValue.ofSeconds(2);

  private PooledClient() {}

  /**
   * What bounds it.
   *
   * @param perHost connections to one host
   * @param connections to all of them
   * @param connect how long one may take to be there
   * @param silence how long one may say nothing while it is waited for
   */
  public record Limits(int perHost, int connections, Duration connect, Duration silence) {}

  /**
   * A client that may be set up further; it opens no connection yet.
   *
   * @param pool as it comes, or a kind of it
   * @param caBundle whom to trust beside Java's authorities, in PEM form
   * @throws IllegalArgumentException where the authorities cannot be read
   */
  public static HttpClientBuilder builder(
      PoolingHttpClientConnectionManagerBuilder pool,
      Limits limits,
      Optional<Path> caBundle,
      Optional<Proxy> proxy) {
    caBundle.ifPresent(pem -> pool.setTlsSocketStrategy(trusting(pem)));
    Timeout silence = Timeout.of(limits.silence());
    pool.setMaxConnPerRoute(limits.perHost())
        .setMaxConnTotal(limits.connections())
        .setDefaultSocketConfig(
            SocketConfig.custom()
                .setSoKeepAlive(true)
                .setTcpNoDelay(true)
                .setSoTimeout(silence)
                .build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(limits.connect()))
                .setSocketTimeout(silence)
                .setTimeToLive(MAX_LIFE)
                .setValidateAfterInactivity(TRUSTED)
                .build());
    HttpClientBuilder client =
        HttpClients.custom()
            .setConnectionManager(pool.build())
            .setKeepAliveStrategy((_, _) -> MAX_IDLE)
            .evictIdleConnections(MAX_IDLE)
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableContentCompression()
            .disableCookieManagement()
            .disableDefaultUserAgent()
            .addExecInterceptorFirst("announcing", new Announcing());
    proxy.ifPresent(through -> ThroughProxy.go(client, through));
    return client;
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
}
