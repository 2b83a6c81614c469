package io.sluice.launcher.objects;

import io.sluice.launcher.cli.Stopping;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;

/**
 * What a pipe gives. A terminal sends Ctrl-C to all of a pipeline, and the end of a writer that
 * died of it may be seen before the signal is: so the end is taken for one when no signal has come
 * for a moment.
 */
final class PipeInput extends FilterInputStream {
  private static final Duration MOMENT = Duration.ofMillis(100);

  private final Stopping stop;
  private boolean isAtEnd;

  PipeInput(InputStream in, Stopping stop) {
    super(in);
    this.stop = stop;
  }

  @Override
  public int read() throws IOException {
    return settled(super.read());
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    return settled(super.read(into, offset, length));
  }

  private int settled(int count) throws IOException {
    if (count >= 0 || isAtEnd) return count;
    try {
      if (stop.comesWithin(MOMENT)) throw new InterruptedIOException("stopped at its end");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted at its end").initCause(e);
    }
    isAtEnd = true;
    return count;
  }
}
