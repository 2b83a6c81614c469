package io.sluice.bench;

import static io.sluice.bench.Pattern.FIRST;
import static io.sluice.bench.Pattern.MMAP;
import static io.sluice.bench.Pattern.RANDOM;
import static io.sluice.bench.Pattern.REGIONS;
import static io.sluice.bench.Pattern.SEQUENTIAL;
import static io.sluice.bench.Pattern.STRIDED;

import java.util.Locale;

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
  RANDOM_BLOB(RANDOM, Subject.BLOB, State.COLD),
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
    SHARDS
  }

  /** Where the bytes are when the clock starts. */
  enum State {
    /** In the store only: new data directory, new mount. */
    COLD,
    /** In the cache's file, of which the page cache has every page; the mount is new. */
    REMOUNTED,
    /** As before, but this mount has read the file once; the kernel dropped its pages since. */
    HOT,
    /** In memory of a process behind the same FUSE transport: no cache, no store. */
    MEMORY,
    /** In the cache's file, read there, without any mount: what the machine can do. */
    LOCAL
  }

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
