package io.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes, a pipe between them, and what is seen of one from outside. */
@Timeout(120)
class PipeTest {
  private static final Content CONTENT = new Content(7);

  @TempDir private Path directory;

  @Test
  void whatOneEndGivesTheOtherTakes() throws IOException {
    byte[] bytes = given(3_000_001);
    assertThat(bytes).hasSize(3_000_001);
    take(bytes, bytes.length);
  }

  @Test
  void wrongBytesAndAMissingEndAreNoticed() throws IOException {
    byte[] bytes = given(2_000_000);
    assertThatThrownBy(() -> take(bytes, 2_000_001))
        .hasMessage("it ended after 2000000 of 2000001 bytes");
    bytes[1_500_000]++;
    assertThatThrownBy(() -> take(bytes, 2_000_000)).hasMessage("WRONG BYTES at 1500000");
  }

  @Test
  void aPipeLeadsFromTheOutputOfOneProcessToTheInputOfTheOther() throws Exception {
    List<Child> both =
        Child.pipe(
            List.of("sh", "-c", "echo through; echo aside >&2"),
            directory.resolve("from"),
            List.of("cat"),
            directory.resolve("to"),
            Map.of());
    try (Child from = both.getFirst();
        Child to = both.getLast()) {
      assertThat(from.awaitEnd(Duration.ofSeconds(60))).isEqualTo("aside\n");
      assertThat(to.awaitEnd(Duration.ofSeconds(60))).isEqualTo("through\n");
    }
  }

  @Test
  void aProcessIsKnownAfterItsEnd() {
    Sampling sampling = Sampling.of(ProcessHandle.current().pid());
    sampling.close();
    assertThat(sampling.total().peakRssBytes()).isPositive();
    assertThat(sampling.total().cpuSeconds()).isPositive();
    assertThat(sampling.since(System.nanoTime()).cpuSeconds()).isZero();
  }

  private static byte[] given(int bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    PipeEnd.give(CONTENT, bytes, Channels.newChannel(out));
    return out.toByteArray();
  }

  private static void take(byte[] bytes, long wanted) throws IOException {
    PipeEnd.take(CONTENT, wanted, Channels.newChannel(new ByteArrayInputStream(bytes)));
  }
}
