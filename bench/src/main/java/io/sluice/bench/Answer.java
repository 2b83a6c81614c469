package io.sluice.bench;

import io.sluice.store.ByteRange;
import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectVersion;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a request is answered with: a status, headers, and either a text or bytes of an object.
 *
 * @param text sent as it is; empty for none
 * @param body what of an object follows; absent where {@code text} is the body
 */
record Answer(int status, Map<String, String> headers, String text, Optional<Body> body) {

  /** Which bytes of which version follow the head. */
  record Body(ObjectVersion version, ByteRange range) {}

  static Answer xml(int status, String text) {
    return text(status, "application/xml", text);
  }

  static Answer json(String text) {
    return text(200, "application/json", text);
  }

  private static Answer text(int status, String type, String text) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", type);
    headers.put("Content-Length", Integer.toString(text.getBytes(StandardCharsets.UTF_8).length));
    return new Answer(status, headers, text, Optional.empty());
  }

  /** Without a body. */
  static Answer empty(int status) {
    Map<String, String> headers = new LinkedHashMap<>();
    // "No content" must not even say how much.
    if (status != 204) headers.put("Content-Length", "0");
    return new Answer(status, headers, "", Optional.empty());
  }

  /** The headers only of an object, as a HEAD asks for them. */
  static Answer head(ObjectMeta object) {
    return new Answer(200, objectHeaders(object, object.size()), "", Optional.empty());
  }

  static Answer whole(ObjectMeta object) {
    return new Answer(
        200,
        objectHeaders(object, object.size()),
        "",
        Optional.of(new Body(object.version(), object.version().all())));
  }

  static Answer part(ObjectMeta object, ByteRange range) {
    Map<String, String> headers = objectHeaders(object, range.length());
    headers.put(
        "Content-Range", "bytes " + range.start() + "-" + (range.end() - 1) + "/" + object.size());
    return new Answer(206, headers, "", Optional.of(new Body(object.version(), range)));
  }

  Answer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, more, text, body);
  }

  private static Map<String, String> objectHeaders(ObjectMeta object, long length) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/octet-stream");
    headers.put("Content-Length", Long.toString(length));
    headers.put("Accept-Ranges", "bytes");
    headers.put("ETag", "\"" + object.version().tag() + "\"");
    headers.put(
        "Last-Modified",
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            object.lastModified().atOffset(ZoneOffset.UTC)));
    return headers;
  }

  /**
   * The head of the answer as it goes over the wire; {@code withText} says whether text follows.
   */
  byte[] encoded(boolean withText) {
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(' ').append(reason());
    head.append("\r\nServer: sluice-bench\r\nx-amz-request-id: bench\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("\r\n");
    if (withText) head.append(text);
    return head.toString().getBytes(StandardCharsets.UTF_8);
  }

  private String reason() {
    return switch (status) {
      case 200 -> "OK";
      case 204 -> "No Content";
      case 206 -> "Partial Content";
      case 400 -> "Bad Request";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 411 -> "Length Required";
      case 412 -> "Precondition Failed";
      case 416 -> "Range Not Satisfiable";
      case 500 -> "Internal Server Error";
      case 503 -> "Slow Down";
      default -> "Status";
    };
  }
}
