package io.sluice.store.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.ObjectStore;
import io.sluice.store.PutOptions;
import io.sluice.store.ResumingStore;
import io.sluice.store.Retry;
import io.sluice.store.StoreException;
import io.sluice.store.local.LocalStore;
import io.sluice.store.testkit.FaultyStore;
import io.sluice.store.testkit.FaultyStore.Fault;
import io.sluice.store.testkit.MemoryStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Up and down again: through a directory, and over faults that pass. */
@Timeout(300)
final class RoundTripTest {
  private static final int PART = 5 << 20;
  private static final int SIZE = 3 * PART + 7;
  private static final Upload.Limits IN_PARTS =
      new Upload.Limits(3, new PartSizes(PART, PART), 2 * PART, 0);
  private static final Download.Limits IN_RANGES = new Download.Limits(3, 1 << 20);

  /** Time stands still, and nobody waits. */
  private static final Retry.Waiting AT_ONCE =
      new Retry.Waiting() {
        @Override
        public long now() {
          return 0;
        }

        @Override
        public void pause(Duration duration) {}
      };

  @TempDir Path directory;
  private final AtomicLong up = new AtomicLong();
  private final AtomicLong down = new AtomicLong();

  private void upAndDown(ObjectStore store) throws Exception {
    byte[] bytes = Bytes.random(SIZE);
    Path source = Files.write(directory.resolve("source"), bytes);
    Path target = directory.resolve("target");
    var upload = new Upload(store, IN_PARTS, up::addAndGet);
    var download = new Download(store, IN_RANGES, down::addAndGet);

    upload.file(source, "file", PutOptions.IF_ABSENT);
    upload.stream(new ByteArrayInputStream(bytes), "stream", PutOptions.IF_ABSENT);
    assertThat(up).hasValue(2L * SIZE);

    download.file("stream", target);
    assertThat(target).hasBinaryContent(bytes);
    var out = new ByteArrayOutputStream();
    download.stream("file", out);
    assertThat(out.toByteArray()).isEqualTo(bytes);
    assertThat(down).hasValue(2L * SIZE);
  }

  @Test
  void aDirectoryGivesBackWhatItGot() throws Exception {
    Path bucket = Files.createDirectory(directory.resolve("bucket"));
    try (LocalStore store = LocalStore.open(bucket)) {
      upAndDown(store);
      assertThat(store.uploads().pending("")).isEmpty();
    }
  }

  @Test
  void whatIsDoneAgainIsNotCountedAgain() throws Exception {
    var memory = new MemoryStore();
    var faulty = new FaultyStore(memory);
    var down = new StoreException.Unavailable("for a moment", null);
    for (int i = 0; i < 40; i++)
      faulty.script(
          new Fault.None(),
          i % 2 == 0 ? new Fault.Refused(down) : new Fault.BrokenBody(1000, down),
          new Fault.None());
    upAndDown(
        new ResumingStore(
            faulty, new Retry(50, Duration.ZERO, Duration.ZERO, Duration.ofDays(1)), AT_ONCE));
    Leftovers.requireNone(memory);
  }
}
