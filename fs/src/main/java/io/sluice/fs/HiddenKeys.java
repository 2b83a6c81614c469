package io.sluice.fs;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keys that no file system can show: counted, and said once. */
final class HiddenKeys implements Consumer<String> {
  private static final Logger LOG = LoggerFactory.getLogger(HiddenKeys.class);

  private final AtomicLong count = new AtomicLong();

  @Override
  public void accept(String key) {
    if (count.getAndIncrement() == 0)
      LOG.warn(
          "\"{}\" is not a path, so it is not shown; more of these are only counted",
          // A key may hold anything, line breaks included.
          key.replaceAll("\\p{Cntrl}", "?"));
  }

  /** How often one was met; one that is listed twice counts twice. */
  long count() {
    return count.get();
  }
}
