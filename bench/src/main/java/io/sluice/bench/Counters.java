package io.sluice.bench;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What was asked of the server since it started or was reset. Safe for many threads. */
final class Counters {
  private final LongAdder gets = new LongAdder();
  private final LongAdder heads = new LongAdder();
  private final LongAdder lists = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder bodyBytes = new LongAdder();
  private final LongAdder connections = new LongAdder();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger maxInFlight = new AtomicInteger();

  /**
   * The counts at one moment.
   *
   * @param gets requests for bytes of an object
   * @param heads requests for an object's or a bucket's metadata
   * @param lists pages of keys asked for
   * @param refused answers of 400 and above, also counted as what they asked for
   * @param bodyBytes bytes of objects handed to sockets, read by the other side or not
   * @param connections opened
   * @param inFlight requests for bytes that are being answered now
   * @param maxInFlight the most of them at once
   */
  record Counts(
      long gets,
      long heads,
      long lists,
      long refused,
      long bodyBytes,
      long connections,
      int inFlight,
      int maxInFlight) {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0);

    long requests() {
      return gets + heads + lists;
    }

    String json() {
      return "{\"gets\":%d,\"heads\":%d,\"lists\":%d,\"refused\":%d,\"bodyBytes\":%d,\"connections\":%d,\"inFlight\":%d,\"maxInFlight\":%d}"
          .formatted(gets, heads, lists, refused, bodyBytes, connections, inFlight, maxInFlight);
    }

    /** The inverse of {@link #json()}; nothing else is read. */
    static Counts parse(String json) {
      return new Counts(
          number(json, "gets"),
          number(json, "heads"),
          number(json, "lists"),
          number(json, "refused"),
          number(json, "bodyBytes"),
          number(json, "connections"),
          (int) number(json, "inFlight"),
          (int) number(json, "maxInFlight"));
    }

    private static long number(String json, String name) {
      int start = json.indexOf("\"" + name + "\":");
      if (start < 0) throw new IllegalArgumentException("no " + name + " in " + json);
      int from = start + name.length() + 3;
      int end = from;
      while (end < json.length() && Character.isDigit(json.charAt(end))) end++;
      return Long.parseLong(json.substring(from, end));
    }
  }

  void head() {
    heads.increment();
  }

  void list() {
    lists.increment();
  }

  void refusal() {
    refused.increment();
  }

  void connection() {
    connections.increment();
  }

  void sent(long bytes) {
    bodyBytes.add(bytes);
  }

  void getBegins() {
    gets.increment();
    int now = inFlight.incrementAndGet();
    maxInFlight.accumulateAndGet(now, Math::max);
  }

  void getEnds() {
    inFlight.decrementAndGet();
  }

  /** Forgets everything but what is in flight. */
  void reset() {
    gets.reset();
    heads.reset();
    lists.reset();
    refused.reset();
    bodyBytes.reset();
    connections.reset();
    maxInFlight.set(inFlight.get());
  }

  Counts counts() {
    return new Counts(
        gets.sum(),
        heads.sum(),
        lists.sum(),
        refused.sum(),
        bodyBytes.sum(),
        connections.sum(),
        inFlight.get(),
        maxInFlight.get());
  }
}
