package io.sluice.store.s3;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.utils.AttributeMap;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/** The SDK's requests over {@link Connections}. Safe for use by many threads. */
final class PooledTransport implements SdkHttpClient {
  /** What the connection itself knows. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("content-length", "host", "transfer-encoding");

  private static final Set<SdkHttpMethod> WITH_CONTENT =
      Set.of(SdkHttpMethod.PUT, SdkHttpMethod.POST, SdkHttpMethod.PATCH);

  private final SilentReads silence;
  private final CloseableHttpClient client;
  private final RequestConfig limits;

  private PooledTransport(S3Settings.Transport transport) {
    this.silence = new SilentReads(transport.patience().silence());
    this.client = Connections.pool(transport, silence);
    this.limits =
        RequestConfig.custom()
            .setConnectionRequestTimeout(Timeout.of(transport.patience().silence()))
            .setResponseTimeout(Timeout.of(transport.patience().silence()))
            .setProtocolUpgradeEnabled(false)
            .build();
  }

  /** Makes one for the client that asks for it, and closes it. */
  record Builder(S3Settings.Transport transport) implements SdkHttpClient.Builder<Builder> {
    @Override
    public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
      return new PooledTransport(transport);
    }
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest asked) {
    HttpUriRequestBase request = request(asked.httpRequest());
    request.setConfig(limits);
    Optional<ContentStreamProvider> body = asked.contentStreamProvider();
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        if (body.isPresent()) request.setEntity(entity(asked.httpRequest(), body.get()));
        else if (WITH_CONTENT.contains(asked.httpRequest().method()))
          request.setEntity(new ByteArrayEntity(new byte[0], null));
        return answer(client.executeOpen(null, request, HttpClientContext.create()), request);
      }

      @Override
      public void abort() {
        request.cancel();
      }
    };
  }

  private static HttpUriRequestBase request(SdkHttpRequest asked) {
    boolean isUsual = SdkHttpUtils.isUsingStandardPort(asked.protocol(), asked.port());
    String server = asked.protocol() + "://" + asked.host() + (isUsual ? "" : ":" + asked.port());
    var request = new HttpUriRequestBase(asked.method().name(), URI.create(server));
    // Not as a URI, which would make something else of "..". Front ends merge slashes; the same
    // key.
    String path = asked.encodedPath().isEmpty() ? "/" : asked.encodedPath().replace("//", "/%2F");
    request.setPath(path + asked.encodedQueryParameters().map(query -> "?" + query).orElse(""));
    asked.forEachHeader(
        (name, values) -> {
          if (OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) return;
          for (String value : values) request.addHeader(name, value);
        });
    return request;
  }

  private static HttpEntity entity(SdkHttpRequest asked, ContentStreamProvider body) {
    long length = asked.firstMatchingHeader("Content-Length").map(Long::parseLong).orElse(-1L);
    return new SentBody(body.newStream(), length);
  }

  private static HttpExecuteResponse answer(
      ClassicHttpResponse response, HttpUriRequestBase request) throws IOException {
    Map<String, List<String>> headers = new HashMap<>();
    for (Header header : response.getHeaders())
      headers.computeIfAbsent(header.getName(), _ -> new ArrayList<>(1)).add(header.getValue());
    var answer =
        HttpExecuteResponse.builder()
            .response(
                SdkHttpResponse.builder()
                    .statusCode(response.getCode())
                    .statusText(response.getReasonPhrase())
                    .headers(headers)
                    .build());
    HttpEntity body = response.getEntity();
    if (body != null)
      answer.responseBody(AbortableInputStream.create(body.getContent(), request::cancel));
    return answer.build();
  }

  @Override
  public String clientName() {
    return "Apache5";
  }

  @Override
  public void close() {
    client.close(CloseMode.GRACEFUL);
    silence.close();
  }
}
