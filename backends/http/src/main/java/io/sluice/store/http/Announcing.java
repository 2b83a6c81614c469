package io.sluice.store.http;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Announces bodies before they are sent ({@code Expect: 100-continue}, RFC 9110, 10.1.1), where
 * nothing tells yet that they will be taken. A server that refuses a request at once closes the
 * connection while its body is still being sent, and why it refused is lost with it. Announcing
 * costs a round trip, so what is sent where the last body was taken goes unannounced. For many
 * threads at once.
 */
final class Announcing implements ExecChainHandler {
  /** In bytes: so far servers read on before they hang up (Go's net/http, for one). */
  private static final long WORTH_A_ROUND_TRIP = 256 << 10;

  /** An upload of S3 takes or refuses bodies as a whole; elsewhere the bucket does. */
  private static final Pattern UPLOAD = Pattern.compile("[?&](uploadId=[^&]+)");

  private static final String BUCKET = "";

  /** Of Cloud Storage; S3 has headers. */
  private static final String CONDITION = "ifGenerationMatch=";

  /** Where the last body was taken. */
  private final Set<String> taken = ConcurrentHashMap.newKeySet();

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    String target = target(request.getPath());
    if (length(request.getEntity()) >= WORTH_A_ROUND_TRIP)
      return announced(request, target, scope, chain);
    // What completes or aborts an upload ends it.
    if (!target.equals(BUCKET) && !request.getMethod().equals("PUT")) taken.remove(target);
    return chain.proceed(request, scope);
  }

  private static long length(@Nullable HttpEntity body) {
    return body == null ? 0 : body.getContentLength();
  }

  private static String target(String path) {
    Matcher upload = UPLOAD.matcher(path);
    return upload.find() ? upload.group(1) : BUCKET;
  }

  private ClassicHttpResponse announced(
      ClassicHttpRequest request, String target, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    if (isConditional(request) || !taken.contains(target))
      request.setHeader(HttpHeaders.EXPECT, "100-continue");
    boolean isTaken = false;
    try {
      ClassicHttpResponse response = chain.proceed(request, scope);
      isTaken = response.getCode() < 300;
      return response;
    } finally {
      if (isTaken) taken.add(target);
      else taken.remove(target);
    }
  }

  /** Then what was taken before tells nothing. */
  private static boolean isConditional(ClassicHttpRequest request) {
    return request.containsHeader(HttpHeaders.IF_NONE_MATCH)
        || request.containsHeader(HttpHeaders.IF_MATCH)
        || request.getPath().contains(CONDITION);
  }
}
