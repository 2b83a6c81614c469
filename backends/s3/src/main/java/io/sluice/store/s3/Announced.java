package io.sluice.store.s3;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;

/**
 * Which bodies are announced before they are sent ({@code Expect: 100-continue}, RFC 9110, 10.1.1).
 * A server that refuses a request at once closes the connection while its body is still being sent,
 * and why it refused is lost with it. Announcing costs a round trip, so what is sent where the last
 * body was taken goes unannounced. For many threads at once.
 */
final class Announced {
  /** In bytes: so far servers read on before they hang up (Go's net/http, for one). */
  private static final long WORTH_A_ROUND_TRIP = 256 << 10;

  /** Where the last body was taken. */
  private final Set<String> taken = ConcurrentHashMap.newKeySet();

  /**
   * A request whose body is announced if the last one was not taken there.
   *
   * @param to what takes or refuses bodies: an upload, say
   * @param length of the body, in bytes
   */
  AwsRequestOverrideConfiguration unlessTaken(
      String to, long length, AwsRequestOverrideConfiguration request) {
    return taken.contains(to) ? request : always(length, request);
  }

  /** A request that may be refused whatever was taken before. */
  static AwsRequestOverrideConfiguration always(
      long length, AwsRequestOverrideConfiguration request) {
    return length < WORTH_A_ROUND_TRIP
        ? request
        : request.toBuilder().putHeader("Expect", "100-continue").build();
  }

  /** A body was taken. */
  void taken(String to) {
    taken.add(to);
  }

  /** A body was not taken, or none will follow. */
  void forget(String to) {
    taken.remove(to);
  }
}
