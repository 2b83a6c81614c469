package io.sluice.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The head of one HTTP request, as far as the server needs it.
 *
 * @param path decoded, starting with a slash
 * @param query by name, decoded; a name without a value is empty
 * @param headers by name in lower case
 */
record Request(String method, String path, Map<String, String> query, Map<String, String> headers) {
  // Signed requests carry about 1 KiB of headers.
  private static final int MAX_HEAD = 16 * 1024;

  /**
   * The next request of a connection; empty where the other side has none.
   *
   * @throws IOException where the connection breaks inside a head, or what comes is not HTTP
   */
  static Optional<Request> read(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder(1024);
    while (true) {
      int next = in.read();
      if (next < 0) {
        if (head.isEmpty()) return Optional.empty();
        throw new EOFException("the connection ended inside a request");
      }
      head.append((char) next);
      if (next == '\n' && endsWithEmptyLine(head)) return Optional.of(parse(head.toString()));
      if (head.length() > MAX_HEAD) throw new IOException("a head of over " + MAX_HEAD + " bytes");
    }
  }

  private static boolean endsWithEmptyLine(StringBuilder head) {
    int length = head.length();
    return length >= 4 && head.charAt(length - 3) == '\n' && head.charAt(length - 2) == '\r';
  }

  private static Request parse(String head) throws IOException {
    String[] lines = head.split("\r\n", -1);
    String[] first = lines[0].split(" ", -1);
    if (first.length != 3 || !first[1].startsWith("/"))
      throw new IOException("not a request: " + lines[0]);
    Map<String, String> headers = new HashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        headers.put(
            lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
            lines[i].substring(colon + 1).strip());
      }
    }
    int mark = first[1].indexOf('?');
    String path = mark < 0 ? first[1] : first[1].substring(0, mark);
    String query = mark < 0 ? "" : first[1].substring(mark + 1);
    // In a path "+" is a plus; URLDecoder knows forms only.
    return new Request(first[0], decode(path.replace("+", "%2B")), parameters(query), headers);
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals >= 0) {
        parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      } else if (!pair.isEmpty()) {
        parameters.put(decode(pair), "");
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /** Whether bytes follow the head. */
  boolean hasBody() {
    return headers.containsKey("transfer-encoding")
        || !headers.getOrDefault("content-length", "0").equals("0");
  }

  /** Whether it changes something: the other half of S3, whose bodies are read. */
  boolean isWrite() {
    return method.equals("PUT") || method.equals("POST") || method.equals("DELETE");
  }

  /** Of the body in bytes; empty where it says none, or comes in chunks of its own framing. */
  OptionalLong bodyLength() {
    if (headers.containsKey("transfer-encoding")
        || headers.getOrDefault("content-encoding", "").contains("aws-chunked"))
      return OptionalLong.empty();
    String length = headers.getOrDefault("content-length", "0");
    return length.matches("\\d{1,18}")
        ? OptionalLong.of(Long.parseLong(length))
        : OptionalLong.empty();
  }
}
