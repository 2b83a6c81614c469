package io.sluice.launcher.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class BytePipeTest {
  private final BytePipe pipe = new BytePipe(4);

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  private FutureTask<byte[]> reading() {
    InputStream in = pipe.source();
    var task = new FutureTask<>(in::readAllBytes);
    Thread.ofVirtual().start(task);
    return task;
  }

  @Test
  void whatIsWrittenIsReadInOrder() throws Exception {
    FutureTask<byte[]> read = reading();
    OutputStream out = pipe.sink();
    byte[] bytes = bytes(10_001);
    out.write(bytes[0]);
    for (int at = 1; at < bytes.length; at += 100) out.write(bytes, at, 100);
    pipe.finish();
    assertThat(read.get(20, TimeUnit.SECONDS)).isEqualTo(bytes);
  }

  @Test
  void nothingEndsByAccident() throws Exception {
    FutureTask<byte[]> read = reading();
    pipe.sink().write(bytes(3));
    pipe.sink().close();
    var reason = new IOException("the writer broke");
    pipe.fail(reason);
    assertThatThrownBy(() -> read.get(20, TimeUnit.SECONDS)).hasCause(reason);
  }

  @Test
  void aWriterWhoWaitsLearnsThatNobodyReads() throws Exception {
    var writing =
        new FutureTask<>(
            () -> {
              pipe.sink().write(bytes(100));
              return 0;
            });
    Thread.ofVirtual().start(writing);
    assertThat(pipe.source().readNBytes(5)).hasSize(5);
    pipe.fail(new IOException("nobody reads"));
    assertThatThrownBy(() -> writing.get(20, TimeUnit.SECONDS)).hasRootCauseMessage("nobody reads");
  }
}
