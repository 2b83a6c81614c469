package io.sluice.launcher.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.launcher.cli.Stopping;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The end of a pipe is believed where no signal comes with it. */
final class PipeInputTest {
  private static InputStream pipe(Stopping stop) {
    return new PipeInput(new ByteArrayInputStream(new byte[] {1, 2, 3}), stop);
  }

  @Test
  void aPipeThatEndsIsReadToItsEndAndWaitsOnce() throws IOException {
    var waits = new AtomicInteger();
    InputStream in =
        pipe(
            _ -> {
              waits.incrementAndGet();
              return false;
            });
    assertThat(in.readAllBytes()).containsExactly(1, 2, 3);
    assertThat(in.read()).isEqualTo(-1);
    assertThat(waits).hasValue(1);
  }

  @Test
  void anEndWithASignalIsNone() throws IOException {
    InputStream in = pipe(_ -> true);
    assertThat(in.read(new byte[3])).isEqualTo(3);
    assertThatThrownBy(in::read).isInstanceOf(InterruptedIOException.class);
    assertThatThrownBy(() -> in.read(new byte[1])).isInstanceOf(InterruptedIOException.class);
  }

  @Test
  void whoeverIsInterruptedMeanwhileStaysSo() throws IOException {
    InputStream in =
        pipe(
            _ -> {
              throw new InterruptedException();
            });
    assertThat(in.read(new byte[3])).isEqualTo(3);
    assertThatThrownBy(in::read).isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
