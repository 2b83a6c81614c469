package io.sluice.launcher.cli;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * How far a transfer is, on the error stream and nowhere else: a bar on a terminal, a line every
 * few seconds elsewhere, one JSON object a line for programs, or nothing. Told how many bytes more
 * there are, and a negative number where some have to be sent again. Safe for use by many threads;
 * what is told costs an addition, showing it is a thread of its own.
 *
 * <pre>{@code
 * try (var progress = option.start("get", err)) {
 *   progress.total(size);                        // as soon as it is known, if ever
 *   new Download(store, limits, progress)...
 *   progress.done("s3://b/k", Map.of("etag", tag));
 * }
 * }</pre>
 */
public final class TransferProgress implements LongConsumer, AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(250);
  private static final Duration BETWEEN_EVENTS = Duration.ofSeconds(1);
  private static final double MEGA = 1e6;

  /** Who is to read it. */
  enum Reader {
    PEOPLE,
    PROGRAM
  }

  private final String task;
  private final PrintWriter err;
  private final ProgressLine.Kind kind;
  private final Reader reader;
  private final LongSupplier nanos;
  private final long started;
  private final ProgressLine line;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong total = new AtomicLong(-1);
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Speed speed = new Speed();

  @GuardedBy("lock")
  private final TransferBar bar;

  @GuardedBy("lock")
  private long lastEvent;

  @GuardedBy("lock")
  private boolean isOver;

  private final CountDownLatch over = new CountDownLatch(1);

  /**
   * Nothing is shown before the first {@link #tick}.
   *
   * @param task in one word: get, put
   * @param nanos a clock that only goes forward
   */
  TransferProgress(
      String task, PrintWriter err, ProgressLine.Kind kind, Reader reader, LongSupplier nanos) {
    this.task = task;
    this.err = err;
    this.kind = kind;
    this.reader = reader;
    this.nanos = nanos;
    this.started = nanos.getAsLong();
    this.lastEvent = started;
    this.line = new ProgressLine(err, kind, started);
    this.bar = new TransferBar(task, text -> line.show(text, nanos.getAsLong()));
  }

  /** Shows it from now on. */
  TransferProgress ticking() {
    if (kind != ProgressLine.Kind.NONE)
      Thread.ofPlatform().daemon().name("progress").start(this::tickUntilOver);
    return this;
  }

  private void tickUntilOver() {
    try {
      while (!over.await(TICK.toMillis(), TimeUnit.MILLISECONDS)) tick();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** So many bytes are all there are. */
  public void total(long size) {
    total.set(size);
  }

  /** So many bytes more are done; where it is negative they have to be done again. */
  @Override
  public void accept(long more) {
    bytes.addAndGet(more);
  }

  /** All that are done. */
  public long bytes() {
    return bytes.get();
  }

  /** Something that the user has to know, on a line of its own; said also where it is quiet. */
  public void say(String message) {
    if (isForProgram()) event("message", Map.of("message", message));
    else line.say(message);
  }

  /** Shows how far it is now. */
  void tick() {
    lock.lock();
    try {
      if (isOver || kind == ProgressLine.Kind.NONE) return;
      long now = nanos.getAsLong();
      speed.at(now, bytes());
      if (isForProgram()) {
        if (now - lastEvent < BETWEEN_EVENTS.toNanos()) return;
        lastEvent = now;
        event("progress", figures(speed.perSecond()));
      } else if (kind == ProgressLine.Kind.TERMINAL) {
        bar.show(bytes(), knownTotal());
      } else {
        line.show(task + ": " + text(speed.perSecond()), now);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * The last word, with the time it took.
   *
   * @param what was transferred
   * @param facts about it by name, in the order in which they are said: version, checksum, ...
   */
  public void done(String what, Map<String, String> facts) {
    stop();
    double seconds = seconds();
    if (kind == ProgressLine.Kind.NONE) return;
    double perSecond = seconds > 0 ? bytes() / seconds : 0;
    if (isForProgram()) {
      Map<String, Object> fields = figures(perSecond);
      fields.remove("total");
      fields.put("object", what);
      fields.putAll(facts);
      event("done", fields);
      return;
    }
    var text = new StringBuilder();
    text.append(ShownKey.of(what)).append(": ").append(new ByteSize(Math.max(0, bytes())));
    text.append(format(", %.0f MB/s", perSecond / MEGA));
    facts.forEach((name, value) -> text.append(", ").append(name).append(' ').append(value));
    line.end(text.append(format(", duration: %.3fs", seconds)).toString());
  }

  /**
   * Why it is not done, for programs; people are told by the line of the command.
   *
   * @return what it was given, to be thrown
   */
  public Failure failed(Failure failure) {
    stop();
    if (!isForProgram()) return failure;
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("code", failure.code().number());
    fields.put("message", failure.line());
    event("failed", fields);
    return failure;
  }

  private boolean isForProgram() {
    return reader == Reader.PROGRAM && kind != ProgressLine.Kind.NONE;
  }

  private double seconds() {
    return (nanos.getAsLong() - started) / 1e9;
  }

  private OptionalLong knownTotal() {
    long known = total.get();
    return known < 0 ? OptionalLong.empty() : OptionalLong.of(known);
  }

  private Map<String, Object> figures(double perSecond) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("bytes", bytes());
    knownTotal().ifPresent(size -> fields.put("total", size));
    fields.put("seconds", Math.round(seconds() * 1000) / 1000.0);
    fields.put("bytesPerSecond", Math.round(perSecond));
    return fields;
  }

  /** {@code 1.0 GiB of 3.0 GiB, 100 MB/s, 22 s left}. */
  private String text(double perSecond) {
    long done = bytes();
    long size = knownTotal().orElse(done);
    String of = knownTotal().isPresent() ? " of " + new ByteSize(size) : "";
    String left =
        size > done && perSecond >= 1
            ? ", " + TimeSpan.shown((long) Math.ceil((size - done) / perSecond)) + " left"
            : "";
    return new ByteSize(Math.max(0, done)) + of + format(", %.0f MB/s", perSecond / MEGA) + left;
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }

  private void event(String name, Map<String, ?> fields) {
    var all = new LinkedHashMap<String, Object>();
    all.put("event", name);
    all.put("task", task);
    all.putAll(fields);
    err.println(Json.line(all));
    err.flush();
  }

  private void stop() {
    over.countDown();
    lock.lock();
    try {
      if (isOver) return;
      isOver = true;
      bar.close();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing is shown any more: somebody else has the last word. A second close does nothing. */
  @Override
  public void close() {
    stop();
    line.takeAway();
  }
}
