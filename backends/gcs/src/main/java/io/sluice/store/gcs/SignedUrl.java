package io.sluice.store.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.auth.ServiceAccountSigner;
import io.sluice.store.Presign;
import java.net.URI;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A URL with its own permission in it (Cloud Storage, "V4 signing process with your own program").
 */
final class SignedUrl {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final ServiceAccountSigner signer;
  private final URI endpoint;
  private final String bucket;

  SignedUrl(ServiceAccountSigner signer, URI endpoint, String bucket) {
    this.signer = signer;
    this.endpoint = endpoint;
    this.bucket = bucket;
  }

  URI of(Presign request, Instant now) {
    String time = TIME.format(now);
    String scope = time.substring(0, 8) + "/auto/storage/goog4_request";
    var query = new TreeMap<String, String>();
    request.query().forEach((name, value) -> query.put(encoded(name), encoded(value)));
    query.put("X-Goog-Algorithm", "GOOG4-RSA-SHA256");
    query.put("X-Goog-Credential", encoded(signer.getAccount() + "/" + scope));
    query.put("X-Goog-Date", time);
    query.put("X-Goog-Expires", Long.toString(request.validity().toSeconds()));
    query.put("X-Goog-SignedHeaders", "host");
    String path =
        endpoint.getRawPath().replaceAll("/$", "")
            + "/"
            + bucket
            + "/"
            + encoded(request.key()).replace("%2F", "/");
    String signature =
        HexFormat.of()
            .formatHex(
                signer.sign(
                    toSign(time, scope, canonical(request, path, joined(query))).getBytes(UTF_8)));
    return URI.create(
        "%s://%s%s?%s&X-Goog-Signature=%s"
            .formatted(
                endpoint.getScheme(), endpoint.getRawAuthority(), path, joined(query), signature));
  }

  private String canonical(Presign request, String path, String query) {
    return "%s\n%s\n%s\nhost:%s\n\nhost\nUNSIGNED-PAYLOAD"
        .formatted(request.method(), path, query, endpoint.getRawAuthority());
  }

  private static String toSign(String time, String scope, String canonical) {
    return "GOOG4-RSA-SHA256\n%s\n%s\n%s".formatted(time, scope, sha256(canonical));
  }

  private static String joined(Map<String, String> query) {
    return query.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining("&"));
  }

  /** As RFC 3986 has it; the encoder is one for forms. */
  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
