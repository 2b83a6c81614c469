package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Path;

/** A directory in which the bucket's keys can be read as files, and the process that serves it. */
interface View extends AutoCloseable {
  Path directory();

  /** From the start of the process until it said that it serves; 0 where there is no process. */
  long readyNanos();

  /** Of the process so far; {@link Usage#NONE} where there is none. */
  Usage usage() throws IOException;

  /** Takes it away, so that nothing stays mounted. */
  @Override
  void close();

  /** How to come by one. */
  @FunctionalInterface
  interface Source {
    /** A new one over the given data directory, which may hold what an earlier one left there. */
    View open(Path dataDirectory) throws IOException, InterruptedException;
  }

  /** A directory that is simply there, to try the harness itself. */
  static View of(Path directory) {
    return new View() {
      @Override
      public Path directory() {
        return directory;
      }

      @Override
      public long readyNanos() {
        return 0;
      }

      @Override
      public Usage usage() {
        return Usage.NONE;
      }

      @Override
      public void close() {
        // It was there before, and stays.
      }
    };
  }
}
