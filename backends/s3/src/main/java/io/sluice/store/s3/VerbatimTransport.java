package io.sluice.store.s3;

import java.time.Duration;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * Asks for bytes as they are stored, and gives up bodies that do not go out. Without this header a
 * server or a proxy may compress them, or unpack what was stored compressed. Added below the
 * signature: proxies change this header.
 */
final class VerbatimTransport implements SdkHttpClient {
  private final SdkHttpClient wire;
  private final Duration silence;

  private VerbatimTransport(SdkHttpClient wire, Duration silence) {
    this.wire = wire;
    this.silence = silence;
  }

  /**
   * Makes one around what the given builder makes.
   *
   * @param silence how long a body may not move
   */
  static SdkHttpClient.Builder<?> over(SdkHttpClient.Builder<?> wire, Duration silence) {
    return new Builder(wire, silence);
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    var asked =
        HttpExecuteRequest.builder()
            .request(
                request.httpRequest().toBuilder().putHeader("Accept-Encoding", "identity").build());
    request.metricCollector().ifPresent(asked::metricCollector);
    if (request.contentStreamProvider().isEmpty()) return wire.prepareRequest(asked.build());
    var body = new WatchedRequest.Progress(request.contentStreamProvider().get());
    asked.contentStreamProvider(body);
    return new WatchedRequest(wire.prepareRequest(asked.build()), body, silence);
  }

  @Override
  public String clientName() {
    return wire.clientName();
  }

  @Override
  public void close() {
    wire.close();
  }

  private record Builder(SdkHttpClient.Builder<?> wire, Duration silence)
      implements SdkHttpClient.Builder<Builder> {
    @Override
    public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
      return new VerbatimTransport(wire.buildWithDefaults(defaults), silence);
    }
  }
}
