package io.sluice.store.s3;

import io.sluice.store.network.Authorities;
import java.time.Duration;
import java.util.Set;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;

/** Connections: how many, how patient, through which proxy, trusting whom. */
final class Transports {
  /** Shorter than load balancers keep idle connections. */
  private static final Duration MAX_IDLE = Duration.ofSeconds(20);

  /** So that connections follow the addresses that the DNS gives. */
  private static final Duration MAX_LIFE = Duration.ofMinutes(5);

  private Transports() {}

  static SdkHttpClient.Builder<?> of(S3Settings.Transport transport) {
    Apache5HttpClient.Builder client =
        Apache5HttpClient.builder()
            .maxConnections(transport.connections())
            .connectionAcquisitionTimeout(transport.patience().silence())
            .connectionTimeout(transport.patience().connect())
            .socketTimeout(transport.patience().silence())
            .connectionMaxIdleTime(MAX_IDLE)
            .connectionTimeToLive(MAX_LIFE)
            .tcpKeepAlive(true)
            .proxyConfiguration(proxy(transport));
    transport
        .caBundle()
        .map(Authorities::with)
        .ifPresent(trusted -> client.tlsTrustManagersProvider(() -> trusted));
    return VerbatimTransport.over(client, transport.patience().silence());
  }

  /** What is not given is none: the environment is the launcher's to read. */
  private static ProxyConfiguration proxy(S3Settings.Transport transport) {
    ProxyConfiguration.Builder configuration =
        ProxyConfiguration.builder()
            .useSystemPropertyValues(false)
            .useEnvironmentVariableValues(false);
    transport
        .proxy()
        .ifPresent(
            proxy -> {
              configuration.endpoint(proxy.address()).nonProxyHosts(Set.copyOf(proxy.patterns()));
              proxy.user().ifPresent(configuration::username);
              proxy.password().ifPresent(configuration::password);
            });
    return configuration.build();
  }
}
