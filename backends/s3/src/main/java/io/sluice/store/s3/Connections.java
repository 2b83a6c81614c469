package io.sluice.store.s3;

import io.sluice.store.http.PooledClient;
import java.io.IOException;
import java.net.Proxy;
import java.net.Socket;
import java.util.Map;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.DetachedSocketFactory;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.jspecify.annotations.Nullable;

/** Connections of which those without TLS are channels, so that bodies land in direct buffers. */
final class Connections extends PoolingHttpClientConnectionManagerBuilder {
  private final SilentReads silence;

  private Connections(SilentReads silence) {
    this.silence = silence;
  }

  /**
   * Opens none yet.
   *
   * @param silence sees to it that no read waits for ever
   * @throws IllegalArgumentException where the authorities cannot be read
   */
  static CloseableHttpClient pool(S3Settings.Transport transport, SilentReads silence) {
    int connections = transport.connections();
    S3Settings.Patience patience = transport.patience();
    var limits =
        new PooledClient.Limits(connections, connections, patience.connect(), patience.silence());
    return PooledClient.builder(
            new Connections(silence), limits, transport.caBundle(), transport.proxy())
        .build();
  }

  @Override
  protected HttpClientConnectionOperator createConnectionOperator(
      SchemePortResolver ports, DnsResolver names, TlsSocketStrategy tls) {
    DetachedSocketFactory sockets =
        new DetachedSocketFactory() {
          @Override
          public Socket create(String scheme, @Nullable Proxy socks) throws IOException {
            return scheme.equals("https") ? create(socks) : ChannelSocket.open(silence);
          }

          @Override
          public Socket create(@Nullable Proxy socks) {
            return socks == null ? new Socket() : new Socket(socks);
          }
        };
    Map<String, TlsSocketStrategy> schemes = Map.of("https", tls);
    return new DefaultHttpClientConnectionOperator(sockets, ports, names, schemes::get);
  }
}
