package io.sluice.launcher.objects;

import io.sluice.launcher.cli.ExitCode;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What became of many objects, and what the process says of it all. For many threads at once. */
final class Tally {
  private final LongAdder done = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final Set<ExitCode> codes = ConcurrentHashMap.newKeySet();

  void done(long size) {
    done.increment();
    bytes.add(size);
  }

  void failed(ExitCode code) {
    codes.add(code);
    failed.increment();
  }

  long done() {
    return done.sum();
  }

  /** Of what is done. */
  long bytes() {
    return bytes.sum();
  }

  long failed() {
    return failed.sum();
  }

  /** Where everything failed of the same, that; where some of it is done, that not all of it is. */
  ExitCode code() {
    if (codes.isEmpty()) return ExitCode.OK;
    return done() == 0 && codes.size() == 1
        ? EnumSet.copyOf(codes).iterator().next()
        : ExitCode.INCOMPLETE;
  }
}
