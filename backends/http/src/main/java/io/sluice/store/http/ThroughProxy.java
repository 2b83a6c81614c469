package io.sluice.store.http;

import io.sluice.store.network.Proxy;
import java.net.URI;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** The way through a proxy, for the hosts that are behind it. */
final class ThroughProxy extends DefaultRoutePlanner {
  private final Proxy proxy;
  private final HttpHost address;

  private ThroughProxy(Proxy proxy, HttpHost address) {
    super(null);
    this.proxy = proxy;
    this.address = address;
  }

  /** Makes a client go through it. */
  static void go(HttpClientBuilder client, Proxy proxy) {
    URI url = proxy.address();
    var address = new HttpHost(url.getScheme(), url.getHost(), url.getPort());
    client.setRoutePlanner(new ThroughProxy(proxy, address));
    if (proxy.user().isEmpty()) return;
    var login = new BasicCredentialsProvider();
    login.setCredentials(
        new AuthScope(address),
        new UsernamePasswordCredentials(
            proxy.user().get(), proxy.password().orElse("").toCharArray()));
    client.setDefaultCredentialsProvider(login);
  }

  @Override
  protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) {
    return proxy.isFor(target.getHostName()) ? address : null;
  }
}
