package io.sluice.cache;

import java.util.concurrent.Executor;

/**
 * An object's files, and what its blocks need of the data directory.
 *
 * @param others who fetch blocks of it, too
 * @param room is told what becomes of the space it takes
 * @param verifiers threads that verify ahead of readers
 */
record SharedFiles(ObjectFiles files, OtherFetchers others, Room room, Executor verifiers) {
  /** The space that all objects share. */
  interface Room {
    /** A block was written, in the room that had been reserved for it. */
    void wrote(long bytes);

    /** Blocks were given back, or are damaged. */
    void shrank(long bytes);
  }

  /** As much as a machine's memory takes; more threads would only wait for it. */
  static final int MOST_VERIFIERS = 4;

  static int parallelism() {
    return Math.min(MOST_VERIFIERS, Runtime.getRuntime().availableProcessors());
  }
}
