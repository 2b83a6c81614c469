package io.sluice.cache;

import io.sluice.store.ByteRange;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * One request under way: what it is to bring and how far it is. Its own thread writes, any thread
 * reads. Two may bring the same blocks, where the second one helps the first: {@link #helped}.
 */
final class Fetch {
  private final VersionFile file;
  private final Span span;
  private final @Nullable Fetch helped;
  private final long begun;
  private final long expected;
  private volatile int next;
  private volatile long firstArrival;
  private volatile long lastArrival;
  private volatile boolean writing;
  private volatile boolean cancelled;
  private boolean announced;
  private long delayedSoFar;
  private volatile @Nullable InputStream body;

  private Fetch(VersionFile file, Span span, @Nullable Fetch helped, long now) {
    this.file = file;
    this.span = span;
    this.helped = helped;
    this.begun = now;
    this.expected = file.interest().arrivals().expected();
    this.next = span.first();
  }

  /** For blocks that were claimed for it. */
  static Fetch of(VersionFile file, Span span, long now) {
    return new Fetch(file, span, null, now);
  }

  /** A second request for what another one has not brought yet; null where it brought all. */
  static @Nullable Fetch toHelp(Fetch slow, long now) {
    int from = slow.next;
    if (from >= slow.span.end()) return null;
    return new Fetch(slow.file, new Span(from, slow.span.end(), slow.span.urgency()), slow, now);
  }

  VersionFile file() {
    return file;
  }

  Span span() {
    return span;
  }

  /** The one it helps: both bring the same blocks, and whoever is last answers for them. */
  @Nullable Fetch helped() {
    return helped;
  }

  /** See {@link Arrivals#expected}: how many had begun to wait for blocks when it was started. */
  long expected() {
    return expected;
  }

  boolean isHelper() {
    return helped != null;
  }

  int next() {
    return next;
  }

  boolean isDone() {
    return next >= span.end();
  }

  boolean brings(VersionFile of, int block) {
    return of == file && block >= next && block < span.end();
  }

  ByteRange bytes() {
    return file.blocks().layout().bytes(span);
  }

  // Told by its thread.

  /** Its answer has begun. */
  void opened(InputStream answer) {
    body = answer;
    if (cancelled) closeQuietly(answer);
  }

  /** A block has been received, and is being put where it belongs. */
  void received(long now) {
    if (firstArrival == 0) firstArrival = now;
    lastArrival = now;
    writing = true;
  }

  /** And there it is. */
  void delivered() {
    int done = next; // which no other thread changes
    next = done + 1;
    writing = false;
  }

  /** How much more its thread has waited for a processor than when it last said so. */
  long delayedSince(long delayedNow) {
    long more = delayedNow - delayedSoFar;
    delayedSoFar = delayedNow;
    return more;
  }

  /** True once, when it is about to end; for its own thread only. */
  boolean announcesItsEnd() {
    if (announced || !progress().isEnding()) return false;
    announced = true;
    return true;
  }

  /** Nobody needs it any more: its thread is to stop, even if it waits for bytes right now. */
  void cancel() {
    cancelled = true;
    InputStream open = body;
    if (open != null) closeQuietly(open);
  }

  boolean isCancelled() {
    return cancelled;
  }

  // How far it is.

  /** What a {@link Usual} judges it by. */
  Progress progress() {
    BlockLayout layout = file.blocks().layout();
    int at = next;
    long bytes = layout.start(Math.min(at, layout.blocks())) - layout.start(span.first());
    long all = layout.bytes(span).length();
    return new Progress(begun, firstArrival, lastArrival, Math.min(bytes, all), all);
  }

  /** Whether it stands still because the disk does not take what it received. */
  boolean isHeldUpByDisk(long now) {
    return writing && now - lastArrival > DiskPace.HANG_NANOS;
  }

  private static void closeQuietly(InputStream answer) {
    try {
      answer.close();
    } catch (IOException _) {
      // Whoever reads it is told by its own exception.
    }
  }

  @Override
  public String toString() {
    return "%s of %s%s".formatted(span, file.version().key(), isHelper() ? ", again" : "");
  }
}
