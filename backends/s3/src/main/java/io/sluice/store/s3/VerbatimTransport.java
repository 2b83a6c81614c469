package io.sluice.store.s3;

import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * Asks for bytes as they are stored. Without this header a server or a proxy may compress them, or
 * unpack what was stored compressed. Added below the signature: proxies change this header.
 */
final class VerbatimTransport implements SdkHttpClient {
  private final SdkHttpClient wire;

  private VerbatimTransport(SdkHttpClient wire) {
    this.wire = wire;
  }

  /** Makes one around what the given builder makes. */
  static SdkHttpClient.Builder<?> over(SdkHttpClient.Builder<?> wire) {
    return new Builder(wire);
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    var asked =
        HttpExecuteRequest.builder()
            .request(
                request.httpRequest().toBuilder().putHeader("Accept-Encoding", "identity").build())
            .contentStreamProvider(request.contentStreamProvider().orElse(null));
    request.metricCollector().ifPresent(asked::metricCollector);
    return wire.prepareRequest(asked.build());
  }

  @Override
  public String clientName() {
    return wire.clientName();
  }

  @Override
  public void close() {
    wire.close();
  }

  private record Builder(SdkHttpClient.Builder<?> wire) implements SdkHttpClient.Builder<Builder> {
    @Override
    public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
      return new VerbatimTransport(wire.buildWithDefaults(defaults));
    }
  }
}
