package io.sluice.store;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request that anybody may make who has its URL, for a while.
 *
 * @param method what it does
 * @param key the object's
 * @param validity one second to seven days, in whole seconds
 * @param query more query parameters, which are signed as well: {@code
 *     response-content-disposition} and its kin
 */
public record Presign(Method method, String key, Duration validity, Map<String, String> query) {
  /** As long as a signature can be valid (Signature Version 4; GCS's V4 alike). */
  public static final Duration LONGEST = Duration.ofDays(7);

  /** What can be allowed. */
  public enum Method {
    GET,
    PUT,
    DELETE
  }

  public Presign {
    if (key.isEmpty()) throw new IllegalArgumentException("no key to presign");
    if (validity.toSeconds() < 1 || validity.compareTo(LONGEST) > 0)
      throw new IllegalArgumentException(
          "a presigned URL is valid for 1s to 7d, not for %ds".formatted(validity.toSeconds()));
    query = Map.copyOf(query);
  }

  public static Presign get(String key, Duration validity) {
    return new Presign(Method.GET, key, validity, Map.of());
  }

  public static Presign put(String key, Duration validity) {
    return new Presign(Method.PUT, key, validity, Map.of());
  }

  public static Presign delete(String key, Duration validity) {
    return new Presign(Method.DELETE, key, validity, Map.of());
  }

  public Presign with(String parameter, String value) {
    var more = new LinkedHashMap<>(query);
    more.put(parameter, value);
    return new Presign(method, key, validity, more);
  }
}
