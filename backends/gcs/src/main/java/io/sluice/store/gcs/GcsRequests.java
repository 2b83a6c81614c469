package io.sluice.store.gcs;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpMethods;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.UrlEncodedContent;
import java.io.IOException;
import java.util.Optional;

/**
 * What all our requests have in common: who sends them, who pays for them, and that they are not
 * repeated.
 */
final class GcsRequests implements HttpRequestInitializer {
  private static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";

  private final Optional<? extends HttpRequestInitializer> credentials;
  private final Optional<String> billingProject;

  GcsRequests(
      Optional<? extends HttpRequestInitializer> credentials, Optional<String> billingProject) {
    this.credentials = credentials;
    this.billingProject = billingProject;
  }

  @Override
  public void initialize(HttpRequest request) throws IOException {
    if (credentials.isPresent()) credentials.get().initialize(request);
    billingProject.ifPresent(project -> request.getUrl().set("userProject", project));
    // Once, and only after a 401: with a new token, as after a login.
    request.setNumberOfRetries(1);
    request.setFollowRedirects(false);
    // What is logged holds tokens.
    request.setLoggingEnabled(false);
    request.setCurlLoggingEnabled(false);
    request.setInterceptor(GcsRequests::keepGets);
  }

  /**
   * The SDK makes a POST of a GET whose URL is long, as that of a long key is. No server needs
   * that, and some do not understand it.
   */
  private static void keepGets(HttpRequest request) {
    if (!HttpMethods.GET.equals(request.getHeaders().get(METHOD_OVERRIDE))) return;
    if (request.getContent() instanceof UrlEncodedContent query
        && query.getData() instanceof GenericUrl url) {
      request.setUrl(url).setContent(null).setRequestMethod(HttpMethods.GET);
      request.getHeaders().remove(METHOD_OVERRIDE);
    }
  }
}
