package io.sluice.store.gcs;

import com.google.api.client.http.LowLevelHttpResponse;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.message.StatusLine;
import org.jspecify.annotations.Nullable;

/** The answer to a {@link PooledRequest}, as the SDK wants to see it. */
final class PooledResponse extends LowLevelHttpResponse {
  private final ClassicHttpResponse response;
  private final Header[] headers;
  private final InputStream content;

  PooledResponse(ClassicHttpResponse response, InputStream content) {
    this.response = response;
    this.headers = response.getHeaders();
    this.content = content;
  }

  @Override
  public InputStream getContent() {
    return content;
  }

  @Override
  public @Nullable String getContentEncoding() {
    return first(HttpHeaders.CONTENT_ENCODING);
  }

  @Override
  public long getContentLength() {
    String length = first(HttpHeaders.CONTENT_LENGTH);
    return length == null ? -1 : Long.parseLong(length);
  }

  @Override
  public @Nullable String getContentType() {
    return first(HttpHeaders.CONTENT_TYPE);
  }

  private @Nullable String first(String name) {
    Header header = response.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }

  @Override
  public String getStatusLine() {
    return new StatusLine(response).toString();
  }

  @Override
  public int getStatusCode() {
    return response.getCode();
  }

  @Override
  public @Nullable String getReasonPhrase() {
    return response.getReasonPhrase();
  }

  @Override
  public int getHeaderCount() {
    return headers.length;
  }

  @Override
  public String getHeaderName(int index) {
    return headers[index].getName();
  }

  @Override
  public @Nullable String getHeaderValue(int index) {
    return headers[index].getValue();
  }

  @Override
  public void disconnect() throws IOException {
    content.close();
  }
}
