package io.sluice.launcher.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.launcher.bucket.ObjectAddress;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.ProgressOption;
import io.sluice.launcher.cli.Stopping;
import io.sluice.launcher.cli.TransferProgress;
import io.sluice.store.Part;
import io.sluice.store.PutOptions;
import io.sluice.store.StoreException;
import io.sluice.store.testkit.FaultyStore;
import io.sluice.store.testkit.FaultyStore.Fault;
import io.sluice.store.testkit.MemoryStore;
import java.io.ByteArrayInputStream;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of an object that was written. */
final class PuttingTest {
  @TempDir Path directory;

  private final MemoryStore memory = new MemoryStore();
  private final FaultyStore store = new FaultyStore(memory);
  private final StringWriter err = new StringWriter();

  private Putting putting(TransferProgress progress) throws Failure {
    return putting(progress, Stopping.NEVER);
  }

  private Putting putting(TransferProgress progress, Stopping stop) throws Failure {
    return new Putting(
        store, StreamLimits.ofPut(8, null, null, Long.MAX_VALUE), true, progress, stop);
  }

  private TransferProgress progress() {
    return new ProgressOption().start("put", new PrintWriter(err, true));
  }

  /** The object is there: it would be wrong to say that it is not. */
  @Test
  void whatIsWrittenIsDoneAlsoWhereNobodyCanLookAtIt() throws Exception {
    Path file = Files.write(directory.resolve("in"), new byte[10]);
    store.script(
        new Fault.None(), new Fault.Refused(new StoreException.Unavailable("as scripted", null)));
    try (TransferProgress progress = progress()) {
      putting(progress).run(ObjectAddress.parse("s3://b-1/k"), Optional.of(file), PutOptions.ANY);
    }
    assertThat(memory.head("k").version().size()).isEqualTo(10);
    assertThat(err.toString().lines())
        .anyMatch(line -> line.contains("not compared: as scripted"))
        .anyMatch(line -> line.contains("checksum of each part"));
  }

  /** A signal that the JVM takes note of only after the moment that the end of a pipe waits. */
  private static final Stopping LATE =
      new Stopping() {
        @Override
        public boolean comesWithin(Duration most) {
          return false;
        }

        @Override
        public boolean wasSent() {
          return true;
        }
      };

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 20 << 20}) // in one request, and in parts
  void theEndOfAPipeWhoseWriterWasStoppedReplacesNothing(int length) throws Exception {
    memory.put("k", new byte[] {7});
    var before = memory.head("k").version();
    try (TransferProgress progress = progress()) {
      var pipe = new ByteArrayInputStream(new byte[length]);
      assertThatThrownBy(() -> putting(progress, LATE).fromPipe(pipe, "k", PutOptions.ANY))
          .isInstanceOf(InterruptedIOException.class);
    }
    assertThat(memory.head("k").version()).isEqualTo(before);
    assertThat(memory.uploads().pending("")).isEmpty();
  }

  @Test
  void partsThatOutgrowMemoryAreToldOnce() throws Failure {
    try (TransferProgress progress = progress()) {
      Putting putting = putting(progress);
      putting.sent(new Part(2, "t", 128L << 20, Optional.empty()));
      assertThat(err.toString()).isEmpty();
      putting.sent(new Part(3, "t", 256L << 20, Optional.empty()));
      putting.sent(new Part(4, "t", 256L << 20, Optional.empty()));
    }
    assertThat(err.toString().lines())
        .filteredOn(line -> line.contains("one at a time"))
        .hasSize(1);
  }
}
