package io.sluice.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** In which order, and by how many threads, a file is read. Pure: offsets in, offsets out. */
enum Pattern {
  /** One thread from start to end by read(2), as {@code dd bs=1M}. */
  SEQUENTIAL(1),
  /** One thread from start to end through a mapping, as a loader of safetensors. */
  MMAP(1),
  /** 64 threads on one descriptor, each reading a contiguous region of its own by pread(2). */
  REGIONS(64),
  /** 16 threads on one descriptor, taking every 16th MiB each by pread(2). */
  STRIDED(16),
  /** One thread, 32 reads of 1 MiB anywhere: each one's time counts, not their sum. */
  RANDOM(1),
  /** One thread, 64 reads of a page anywhere, each at a page's start. */
  RANDOM_PAGES(1),
  /** One byte, and away. */
  FIRST(1);

  static final int STEP = 1 << 20;
  static final int RANDOM_READS = 32;
  private static final int PAGE = 4096;
  private static final int PAGE_READS = 64;

  private final int threads;

  Pattern(int threads) {
    this.threads = threads;
  }

  int threads() {
    return threads;
  }

  /** How much one read asks for. */
  int readSize() {
    return switch (this) {
      case FIRST -> 1;
      case RANDOM_PAGES -> PAGE;
      case SEQUENTIAL, MMAP, REGIONS, STRIDED, RANDOM -> STEP;
    };
  }

  /** The reads of one thread of a file of {@code size} bytes, as the offsets of steps. */
  List<Long> offsets(long size, int thread) {
    long steps = Math.ceilDiv(size, STEP);
    return switch (this) {
      case SEQUENTIAL, MMAP -> every(0, steps, 1);
      case REGIONS -> every(steps * thread / threads, steps * (thread + 1) / threads, 1);
      case STRIDED -> every(thread, steps, threads);
      case FIRST -> List.of(0L);
      case RANDOM -> random(size, RANDOM_READS, 1);
      case RANDOM_PAGES -> random(size, PAGE_READS, PAGE);
    };
  }

  private static List<Long> every(long from, long to, int stride) {
    List<Long> offsets = new ArrayList<>();
    for (long step = from; step < to; step += stride) offsets.add(step * STEP);
    return offsets;
  }

  /** Whether each read stands for itself, so that the time of one counts and not the speed. */
  boolean isRandom() {
    return this == RANDOM || this == RANDOM_PAGES;
  }

  private static List<Long> random(long size, int reads, int alignment) {
    // Always the same places, so that they can be checked in a second pass and compared between
    // runs.
    Random random = new Random(20);
    List<Long> offsets = new ArrayList<>();
    for (int i = 0; i < reads; i++) {
      long offset = random.nextLong(Math.max(1, size - STEP));
      offsets.add(offset - offset % alignment);
    }
    return offsets;
  }
}
