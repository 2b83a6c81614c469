package io.sluice.bench;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What was asked of the server since it started or was reset. Safe for many threads. */
final class Counters {
  private final LongAdder gets = new LongAdder();
  private final LongAdder heads = new LongAdder();
  private final LongAdder lists = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder bodyBytes = new LongAdder();
  private final LongAdder puts = new LongAdder();
  private final LongAdder writes = new LongAdder();
  private final LongAdder receivedBytes = new LongAdder();
  private final AtomicLong firstNanos = new AtomicLong();
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
   * @param inFlight requests for bytes, or that bring some, that are being answered now
   * @param maxInFlight the most of them at once
   * @param received what was uploaded
   * @param firstNanos when the first of all these requests came, by {@link System#nanoTime()},
   *     which on Linux all processes share; 0 for none
   */
  record Counts(
      long gets,
      long heads,
      long lists,
      long refused,
      long bodyBytes,
      long connections,
      int inFlight,
      int maxInFlight,
      Received received,
      long firstNanos) {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0);

    /** Where nothing was uploaded, and nobody asks for times. */
    Counts(
        long gets,
        long heads,
        long lists,
        long refused,
        long bodyBytes,
        long connections,
        int inFlight,
        int maxInFlight) {
      this(
          gets,
          heads,
          lists,
          refused,
          bodyBytes,
          connections,
          inFlight,
          maxInFlight,
          Received.NONE,
          0);
    }

    /**
     * The writing half.
     *
     * @param puts objects and parts
     * @param others beginnings and ends of uploads
     * @param bytes of objects and parts
     */
    record Received(long puts, long others, long bytes) {
      static final Received NONE = new Received(0, 0, 0);
    }

    long requests() {
      return gets + heads + lists + received.puts() + received.others();
    }

    String json() {
      return ("{\"gets\":%d,\"heads\":%d,\"lists\":%d,\"refused\":%d,\"bodyBytes\":%d,\"connections\":%d,\"inFlight\":%d,\"maxInFlight\":%d,"
              + "\"puts\":%d,\"writes\":%d,\"receivedBytes\":%d,\"firstNanos\":%d}")
          .formatted(
              gets,
              heads,
              lists,
              refused,
              bodyBytes,
              connections,
              inFlight,
              maxInFlight,
              received.puts(),
              received.others(),
              received.bytes(),
              firstNanos);
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
          (int) number(json, "maxInFlight"),
          new Received(number(json, "puts"), number(json, "writes"), number(json, "receivedBytes")),
          number(json, "firstNanos"));
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

  void received(long bytes) {
    receivedBytes.add(bytes);
  }

  /** Of any request, as soon as it is here. */
  void arrived(long nanos) {
    firstNanos.compareAndSet(0, nanos);
  }

  void write() {
    writes.increment();
  }

  void getBegins() {
    gets.increment();
    begins();
  }

  void putBegins() {
    puts.increment();
    begins();
  }

  private void begins() {
    int now = inFlight.incrementAndGet();
    maxInFlight.accumulateAndGet(now, Math::max);
  }

  /** Of a GET or a PUT. */
  void ends() {
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
    puts.reset();
    writes.reset();
    receivedBytes.reset();
    firstNanos.set(0);
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
        maxInFlight.get(),
        new Counts.Received(puts.sum(), writes.sum(), receivedBytes.sum()),
        firstNanos.get());
  }
}
