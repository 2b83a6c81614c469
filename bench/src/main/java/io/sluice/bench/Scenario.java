package io.sluice.bench;

import static io.sluice.bench.Pattern.FIRST;
import static io.sluice.bench.Pattern.MMAP;
import static io.sluice.bench.Pattern.RANDOM_PAGES;
import static io.sluice.bench.Pattern.REGIONS;
import static io.sluice.bench.Pattern.SEQUENTIAL;
import static io.sluice.bench.Pattern.STRIDED;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** One row of the table: what is read, how, and where its bytes are when the clock starts. */
enum Scenario {
  FIRST_BYTE(FIRST, Subject.MODEL, State.COLD),
  FIRST_BYTE_BLOB(FIRST, Subject.BLOB, State.COLD),
  SEQ(SEQUENTIAL, Subject.MODEL, State.COLD),
  MAPPED(MMAP, Subject.MODEL, State.COLD),
  THREADS(REGIONS, Subject.MODEL, State.COLD),
  STRIDES(STRIDED, Subject.MODEL, State.COLD),
  FOUR_FILES(SEQUENTIAL, Subject.SHARDS, State.COLD),
  SEQ_BLOB(SEQUENTIAL, Subject.BLOB, State.COLD),
  MAPPED_BLOB(MMAP, Subject.BLOB, State.COLD),
  THREADS_BLOB(REGIONS, Subject.BLOB, State.COLD),
  STRIDES_BLOB(STRIDED, Subject.BLOB, State.COLD),
  RANDOM(Pattern.RANDOM, Subject.COMPUTED, State.COLD),
  RANDOM_4K(RANDOM_PAGES, Subject.COMPUTED, State.COLD),
  PLAIN_GET(Pattern.RANDOM, Subject.COMPUTED, State.PLAIN),
  OVER_CACHE(SEQUENTIAL, Subject.MODEL, State.BOUNDED),
  MANY_MOUNTS(SEQUENTIAL, Subject.MODEL, State.MANY),
  SLOW_DISK(SEQUENTIAL, Subject.MODEL, State.SLOW_DISK),
  NO_DISK(SEQUENTIAL, Subject.MODEL, State.NO_DISK),
  WARM_SMALL(SEQUENTIAL, Subject.SMALL, State.WARMING),
  PLAIN_SMALL(SEQUENTIAL, Subject.SMALL, State.PLAIN),
  WARM(SEQUENTIAL, Subject.MODEL, State.REMOUNTED),
  WARM_MAPPED(MMAP, Subject.MODEL, State.REMOUNTED),
  WARM_THREADS(REGIONS, Subject.MODEL, State.REMOUNTED),
  HOT(SEQUENTIAL, Subject.MODEL, State.HOT),
  MEMORY(SEQUENTIAL, Subject.MODEL, State.MEMORY),
  MEMORY_MAPPED(MMAP, Subject.MODEL, State.MEMORY),
  MEMORY_THREADS(REGIONS, Subject.MODEL, State.MEMORY),
  LOCAL(SEQUENTIAL, Subject.MODEL, State.LOCAL),
  LOCAL_MAPPED(MMAP, Subject.MODEL, State.LOCAL),
  LOCAL_THREADS(REGIONS, Subject.MODEL, State.LOCAL);

  /** What of the bucket is read. */
  enum Subject {
    /** One large file whose name says that it will be read whole. */
    MODEL,
    /** The same bytes under a name that says nothing. */
    BLOB,
    /** A set of four, together as large. */
    SHARDS,
    /** 10 GiB that are nowhere: the server computes what is asked for. */
    COMPUTED,
    /** Thousands of small ones, in a bucket of their own. */
    SMALL
  }

  /** Where the bytes are when the clock starts. */
  enum State {
    /** In the store only: new data directory, new mount. */
    COLD,
    /** As before; the cache is much smaller than the file. */
    BOUNDED,
    /** As before; several mounts of one data directory, read at once. */
    MANY,
    /** As before; the data directory is on a slow disk. */
    SLOW_DISK,
    /** As before; the data directory takes next to nothing. */
    NO_DISK,
    /** In the store only; {@code sluice warm} fetches them, and the clock is on that. */
    WARMING,
    /** In the store only, and read there: no mount, no cache. */
    PLAIN,
    /** In the cache's file, of which the page cache has every page; the mount is new. */
    REMOUNTED,
    /** As before, but this mount has read the file once; the kernel dropped its pages since. */
    HOT,
    /** In memory of a process behind the same FUSE transport: no cache, no store. */
    MEMORY,
    /** In the cache's file, read there, without any mount: what the machine can do. */
    LOCAL
  }

  /** Of the row that has several. */
  static final int MOUNTS = 8;

  private static final Set<Scenario> PEERS =
      EnumSet.of(FIRST_BYTE, SEQ, MAPPED, THREADS, STRIDES, FOUR_FILES, RANDOM);

  private final Pattern pattern;
  private final Subject subject;
  private final State state;

  Scenario(Pattern pattern, Subject subject, State state) {
    this.pattern = pattern;
    this.subject = subject;
    this.state = state;
  }

  Pattern pattern() {
    return pattern;
  }

  Subject subject() {
    return subject;
  }

  State state() {
    return state;
  }

  /** How often the same bytes are read, by as many mounts, which should fetch them once. */
  int copies() {
    return state == State.MANY ? MOUNTS : 1;
  }

  /** What a row is compared with, other than plain GETs of the large file. */
  Set<Scenario> references() {
    return switch (this) {
      case RANDOM -> EnumSet.of(PLAIN_GET);
      case WARM_SMALL -> EnumSet.of(PLAIN_SMALL);
      case SLOW_DISK -> EnumSet.of(NO_DISK);
      case OVER_CACHE -> EnumSet.of(SEQ);
      default -> EnumSet.noneOf(Scenario.class);
    };
  }

  /** Whether other programs that mount buckets can do it, too. */
  boolean isForPeers() {
    return PEERS.contains(this);
  }

  /** As people type it: {@code seq-blob}. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The inverse of {@link #word()}.
   *
   * @throws IllegalArgumentException where there is none of that name
   */
  static Scenario of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
