package io.sluice.launcher.objects;

import io.sluice.launcher.cli.Stopping;
import io.sluice.store.ObjectVersion;
import io.sluice.store.PutOptions;
import io.sluice.store.transfer.Upload;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;

/**
 * What a pipe gives. A terminal sends Ctrl-C to all of a pipeline, and the end of a writer that
 * died of it may be seen before the signal is: so the end is taken for one when no signal has come
 * for a moment, and it is looked once more directly before the object is made.
 */
final class PipeInput extends FilterInputStream {
  private static final Duration MOMENT = Duration.ofMillis(100);

  private final Stopping stop;
  private boolean isAtEnd;

  PipeInput(InputStream in, Stopping stop) {
    super(in);
    this.stop = stop;
  }

  /**
   * All of a pipe becomes an object, and is closed; where a stop has come before, nothing does.
   *
   * @throws InterruptedIOException where it has
   */
  static ObjectVersion send(
      InputStream pipe, Stopping stop, Upload upload, String key, PutOptions options)
      throws IOException {
    try (var in = new PipeInput(pipe, stop)) {
      return upload.stream(in, key, options, in::requireNoStop);
    }
  }

  /** A signal may be later than a moment: on a busy machine the JVM is. */
  private void requireNoStop() throws IOException {
    try {
      if (stop.wasSent()) throw new InterruptedIOException("stopped at its end");
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IOException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return (IOException) new InterruptedIOException("interrupted at its end").initCause(e);
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
      throw interrupted(e);
    }
    isAtEnd = true;
    return count;
  }
}
