package io.sluice.cache;

import io.sluice.cache.CacheSettings.Fetching;
import io.sluice.cache.CacheSettings.Requests;
import io.sluice.cache.Replayed.Get;
import io.sluice.cache.Span.Urgency;
import io.sluice.cache.Turns.Turn;
import io.sluice.cache.WholeFiles.Mode;
import io.sluice.store.ByteRange;
import io.sluice.store.ObjectVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Reads go in, the ranged GETs that they cause come out: deterministic, in virtual time. What is
 * fetched when is decided by the very classes that decide it in a mount ({@link Turns}, {@link
 * Slots}, {@link VersionFile}, {@link Interest}, {@link Blocks}); here are, instead of {@link
 * Fetcher}'s threads and {@link Carrier}'s bodies, a network whose connections all have the same
 * latency and pace, and instead of the kernel, {@link Reader}s. The cache file is sparse and stays
 * so: blocks come without their bytes, but for the header that a test gives.
 */
@NullMarked
final class Replay implements AutoCloseable {
  static final long MS = 1_000_000;

  /** Until the first byte. */
  static final long LATENCY = 20 * MS;

  /** 80 MB/s a connection. */
  private static final double BYTES_PER_NANO = 0.08;

  /** As {@link VersionFile} waits for the pieces of a read, and looks after those that wait. */
  private static final long LINGER = 300_000;

  /** Of one burst. */
  private static final long BETWEEN_READS = 20_000;

  private static final long LOOK = 100 * MS;
  private static final long PLENTY = 1L << 40;
  private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0);

  /**
   * What is read, and how it is fetched.
   *
   * @param requests in flight
   * @param header bytes that are really there, by where they begin
   */
  record Served(String key, long size, Mode mode, int requests, Map<Long, byte[]> header) {
    static Served of(String key, long size) {
      return new Served(key, size, Mode.AUTO, 16, Map.of());
    }

    Served with(Mode other) {
      return new Served(key, size, other, requests, header);
    }

    Served with(Map<Long, byte[]> bytes) {
      return new Served(key, size, mode, requests, bytes);
    }
  }

  private final Timeline time = new Timeline();
  private final ObjectFiles files;
  private final VersionFile file;
  private final Turns turns = new Turns();
  private final int requests;
  private final LinkedHashSet<Fetch> running = new LinkedHashSet<>();
  private final Map<Fetch, Get> gets = new LinkedHashMap<>();
  private final List<Reading> waiting = new ArrayList<>();
  private final BitSet read = new BitSet();
  private int mostInFlight;
  private long longestWait;
  private long longestUnserved;
  private final List<Long> ends = new ArrayList<>();
  private int readings;

  Replay(Path directory, Served object) {
    var version = new ObjectVersion(object.key(), "v", object.size());
    var layout = new BlockLayout(object.size(), CacheSettings.BLOCK);
    Description what = Description.of("replay", version);
    Fetching fetching =
        Fetching.with(Requests.fixed(object.requests()))
            .withWhole(WholeFiles.USUAL.withMode(object.mode()));
    try {
      var opener = new ObjectFiles.Opener(1, _ -> true, BootId.current(), () -> {}, () -> {});
      this.files = ObjectFiles.open(what.name().in(directory), what, layout, opener);
      for (var bytes : object.header().entrySet())
        files.data().write(ByteBuffer.wrap(bytes.getValue()), bytes.getKey());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var shared = new SharedFiles(files, OtherFetchers.none(files.map()), NO_ROOM, Runnable::run);
    var ring = new MemoryRing(1 << 20, CacheSettings.BLOCK);
    var counters = new FileCounters(object.key(), new CacheCounters());
    var readAhead = new ReadAhead(layout, ReadAhead.Limits.within(PLENTY, fetching));
    this.file =
        new VersionFile(
            what.name(),
            version,
            Blocks.inFiles(layout, shared, ring, counters),
            new Interest.Policies(readAhead, readAhead),
            fetching);
    this.requests = object.requests();
    file.handleOpened();
    turns.add(file);
  }

  /** All of them read at the same time; over when each has read everything, and closed the file. */
  Replayed run(List<Reader> readers) {
    for (Reader reader : readers) time.in(0, () -> readOn(new Program(reader)));
    time.runUntil(() -> readings == 0 && readers.stream().allMatch(r -> r.reads().isEmpty()));
    return new Replayed(
        file.blocks().layout(),
        List.copyOf(gets.values()),
        read,
        time.now(),
        mostInFlight,
        longestWait,
        longestUnserved,
        List.copyOf(ends));
  }

  @Override
  public void close() throws IOException {
    file.blocks().close();
    files.close();
  }

  // Reading: what VersionFile.read does.

  private static final class Program {
    private final Reader reader;
    private int underWay;

    Program(Reader reader) {
      this.reader = reader;
    }
  }

  /** The kernel sends a burst when there is room for all of it. */
  private void readOn(Program program) {
    while (program.underWay + program.reader.burst() <= program.reader.outstanding()
        && !program.reader.reads().isEmpty())
      for (int i = 0; i < program.reader.burst() && !program.reader.reads().isEmpty(); i++) {
        ByteRange next = program.reader.reads().remove();
        program.underWay++;
        readings++;
        time.in(i * BETWEEN_READS, () -> read(program, next));
      }
  }

  private void read(Program program, ByteRange next) {
    var reading = new Reading(program, next);
    file.interest().readerAt(next.start(), next.end());
    if (!file.blocks().isComplete()) {
      reading.isLone = file.interest().isLone(next.start());
      boolean waits = !file.blocks().isHere(reading.block());
      if (!reading.isLone && !waits && !slots().isFull()) start();
    }
    reading.goOn();
  }

  private final class Reading {
    private final Program program;
    private final long end;
    private final long began = time.now();
    private long at;
    private boolean isLone;
    private long turn;
    private Arrivals.@Nullable Expectation expectation;
    private long waitsSince;

    Reading(Program program, ByteRange bytes) {
      this.program = program;
      this.at = bytes.start();
      this.end = bytes.end();
    }

    int block() {
      return file.blocks().layout().blockAt(at);
    }

    void goOn() {
      turn++;
      if (expectation != null) expectation.close();
      expectation = null;
      BlockLayout layout = file.blocks().layout();
      while (at < end && file.blocks().isHere(block())) {
        read.set(block());
        at = Math.min(end, layout.end(block()));
      }
      if (at == end) {
        longestWait = Math.max(longestWait, time.now() - began);
        time.in(program.reader.nanosPerRead(), this::isDone);
        return;
      }
      List<Integer> needed = new ArrayList<>();
      for (int block = block(); block <= layout.blockAt(end - 1); block++)
        if (!file.blocks().isHere(block)) needed.add(block);
      expectation = file.interest().arrivals().expect(needed);
      waiting.add(this);
      long now = turn;
      time.in(isLone ? LINGER : 0, () -> ask(now));
    }

    private void ask(long asked) {
      if (turn != asked) return;
      if (waitsSince == 0) waitsSince = time.now();
      start();
      time.in(LOOK, () -> ask(asked));
    }

    private void isDone() {
      readings--;
      program.underWay--;
      readOn(program);
      if (program.underWay == 0) ends.add(time.now());
    }
  }

  private void wake(int first, int end) {
    List<Reading> woken =
        waiting.stream().filter(r -> r.block() >= first && r.block() < end).toList();
    waiting.removeAll(woken);
    woken.forEach(Reading::goOn);
  }

  // Fetching: what Fetcher and Carrier do.

  private Slots slots() {
    long leaving = running.stream().filter(fetch -> fetch.progress().isEnding()).count();
    return new Slots(requests, running.size(), (int) leaving);
  }

  private void start() {
    while (startNext()) {}
  }

  private boolean startNext() {
    Turn turn = turns.next(slots().startable(), requests).orElse(null);
    if (turn == null) return false;
    if (turn.span().urgency() == Urgency.DEMAND) noteWaited(turn.span());
    Fetch fetch = Fetch.of(turn.file(), turn.span(), time.now());
    running.add(fetch);
    mostInFlight = Math.max(mostInFlight, running.size());
    gets.put(fetch, new Get(turn.span(), fetch.bytes(), 0));
    time.in(LATENCY, () -> goOn(fetch));
    return true;
  }

  /** How long somebody waited for a block before a GET was on its way. */
  private void noteWaited(Span span) {
    for (Reading reading : waiting)
      if (reading.block() >= span.first() && reading.block() < span.end() && reading.waitsSince > 0)
        longestUnserved = Math.max(longestUnserved, time.now() - reading.waitsSince);
  }

  private void goOn(Fetch fetch) {
    if (fetch.isDone() || !file.isWanted(fetch.next())) {
      ended(fetch);
      return;
    }
    int length = file.blocks().layout().length(fetch.next());
    time.in((long) (length / BYTES_PER_NANO), () -> blockCame(fetch));
  }

  private void blockCame(Fetch fetch) {
    int block = fetch.next();
    fetch.received(time.now());
    file.arrived(block, NO_BYTES.duplicate(), true);
    fetch.delivered();
    gets.computeIfPresent(fetch, (_, get) -> get.withOneMore());
    wake(block, block + 1);
    if (fetch.announcesItsEnd()) start();
    goOn(fetch);
  }

  private void ended(Fetch fetch) {
    running.remove(fetch);
    int next = fetch.next();
    int end = fetch.span().end();
    file.givenUp(next, end);
    wake(next, end);
    startNext();
  }

  private static final SharedFiles.Room NO_ROOM =
      new SharedFiles.Room() {
        @Override
        public void wrote(long bytes) {}

        @Override
        public void shrank(long bytes) {}
      };
}
