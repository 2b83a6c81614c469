package io.sluice.store.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.AtExit;
import io.sluice.store.ObjectDetails;
import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import io.sluice.store.testkit.FaultyStore;
import io.sluice.store.testkit.FaultyStore.Fault;
import io.sluice.store.testkit.MemoryStore;
import io.sluice.store.testkit.PassingStore;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class FileDownloadTest {
  private static final Download.Limits TINY = new Download.Limits(3, 4);

  @TempDir Path directory;
  private final MemoryStore memory = new MemoryStore();
  private final FaultyStore store = new FaultyStore(memory);
  private final AtomicLong progress = new AtomicLong();
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("file");
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    Leftovers.requireNone(memory);
    try (Stream<Path> all = Files.list(directory)) {
      assertThat(all.filter(path -> path.getFileName().toString().startsWith("."))).isEmpty();
    }
  }

  private ObjectVersion fetch(ObjectStore from) throws IOException {
    return new Download(from, TINY, progress::addAndGet).file("k", file);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 5, 8, 12, 13, 999})
  void anObjectBecomesAFile(int size) throws Exception {
    memory.put("k", Bytes.random(size));
    assertThat(fetch(store)).isEqualTo(memory.head("k").version());
    assertThat(file).hasBinaryContent(Bytes.random(size));
    assertThat(progress).hasValue(size);
    assertThat(store.requests()).hasSize(1 + Math.ceilDiv(size, 4));
  }

  @Test
  void aLargeObjectBecomesAFile() throws Exception {
    memory.put("k", Bytes.random(5_000_001));
    new Download(store, new Download.Limits(4, 1 << 20), progress::addAndGet).file("k", file);
    assertThat(file).hasBinaryContent(Bytes.random(5_000_001));
    assertThat(progress).hasValue(5_000_001);
  }

  @Test
  void aNewFileHasThePermissionsOfAnyNewFile() throws Exception {
    memory.put("k", "abcd");
    Path other = Files.write(directory.resolve("other"), new byte[1]);
    fetch(store);
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(other));
  }

  @Test
  void aFileKeepsThePermissionsOfTheOneItReplaces() throws Exception {
    memory.put("k", "abcd");
    Files.writeString(file, "before");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));
    fetch(store);
    assertThat(file).hasContent("abcd");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("r--r-----");
  }

  @Test
  void aLinkStaysALink() throws Exception {
    memory.put("k", "abcd");
    Path target = Files.writeString(directory.resolve("target"), "before");
    Files.createSymbolicLink(file, target);
    fetch(store);
    assertThat(file).isSymbolicLink();
    assertThat(target).hasContent("abcd");
  }

  static List<Fault> faults() {
    return List.of(
        new Fault.Refused(new StoreException.Denied("not you", null)),
        new Fault.BrokenBody(2, new StoreException.Unavailable("broke off", null)),
        new Fault.BrokenBody(2, new IOException("odd")),
        new Fault.ShortBody(2));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aFailureLeavesTheFileThatIsThere(Fault fault) throws Exception {
    memory.put("k", Bytes.random(99));
    Files.writeString(file, "before");
    store.script(new Fault.None(), new Fault.None(), new Fault.None(), fault);
    assertThatThrownBy(() -> fetch(store)).isInstanceOf(IOException.class);
    assertThat(file).hasContent("before");
  }

  @Test
  void theErrorOfTheStoreIsTheOneThatIsThrown() {
    memory.put("k", Bytes.random(99));
    var denied = new StoreException.Denied("not you", null);
    store.script(new Fault.None(), new Fault.Refused(denied));
    assertThatThrownBy(() -> fetch(store)).isSameAs(denied);
    assertThat(file).doesNotExist();
  }

  @Test
  void whoeverIsInterruptedLeavesTheFileThatIsThere() throws Exception {
    memory.put("k", Bytes.random(99));
    Files.writeString(file, "before");
    Thread caller = Thread.currentThread();
    var never = new CountDownLatch(1);
    var interrupting =
        new Hooked(
            memory,
            "GET k 8",
            _ -> {
              caller.interrupt();
              never.await();
            });
    assertThatThrownBy(() -> fetch(interrupting)).isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(file).hasContent("before");
  }

  @Test
  void anObjectThatIsReplacedMeanwhileIsFetchedAgain() throws Exception {
    memory.put("k", Bytes.random(99));
    var replacements = new AtomicInteger();
    var replacing =
        new Hooked(
            memory,
            "GET k 40",
            _ -> {
              if (replacements.getAndIncrement() == 0) memory.put("k", Bytes.random(77));
            });
    fetch(replacing);
    assertThat(file).hasBinaryContent(Bytes.random(77));
    assertThat(progress).hasValue(77);
  }

  @Test
  void anObjectThatIsReplacedAgainAndAgainIsChanged() throws Exception {
    memory.put("k", Bytes.random(99));
    Files.writeString(file, "before");
    var replacements = new AtomicInteger();
    var replacing =
        new Hooked(
            memory,
            "GET k 40",
            _ -> memory.put("k", Bytes.random(100 + replacements.incrementAndGet())));
    assertThatThrownBy(() -> fetch(replacing)).isInstanceOf(StoreException.Changed.class);
    assertThat(replacements).hasValue(3);
    assertThat(file).hasContent("before");
    assertThat(progress).hasValue(0);
  }

  @Test
  void bytesWithTheRightSumAreAFile() throws Exception {
    memory.put("k", Bytes.random(99));
    fetch(new Summed(memory, Bytes.random(99)));
    assertThat(file).hasBinaryContent(Bytes.random(99));
  }

  @Test
  void bytesWithAnotherSumAreNoFile() {
    memory.put("k", Bytes.random(99));
    assertThatThrownBy(() -> fetch(new Summed(memory, Bytes.random(98))))
        .isInstanceOf(WrongBytesException.class)
        .hasMessageContaining("CRC-32C");
    assertThat(file).doesNotExist();
  }

  @Test
  void aFileThatDoesNotFitOnTheDiskIsNotBegun() {
    memory.put("k", "abcd");
    var huge =
        new PassingStore(memory) {
          @Override
          public ObjectDetails describe(String key) throws StoreException {
            ObjectDetails known = inner.describe(key);
            var version = new ObjectVersion(key, known.meta().version().tag(), 1L << 60);
            return new ObjectDetails(
                new ObjectMeta(version, known.meta().lastModified()),
                known.attributes(),
                known.checksums(),
                known.headers());
          }
        };
    assertThatThrownBy(() -> fetch(huge))
        .hasMessageContaining("needs 1152921504606846976 bytes")
        .hasMessageContaining("make room");
  }

  @Test
  void aDirectoryThatIsNotThereIsNotMade() {
    memory.put("k", "abcd");
    file = directory.resolve("missing/file");
    assertThatThrownBy(() -> fetch(store))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("no directory");
  }

  @Test
  void aDirectoryIsNotReplaced() {
    memory.put("k", "abcd");
    file = directory;
    assertThatThrownBy(() -> fetch(store)).hasMessageContaining("no regular file");
  }

  @Test
  void whatIsWrittenHalfwayIsUndoneWhereTheJvmStops() throws Exception {
    memory.put("k", Bytes.random(99));
    var stopping =
        new Hooked(
            memory,
            "GET k 40",
            _ -> {
              AtExit.JVM.undoAll(Duration.ofSeconds(20));
              try (Stream<Path> all = Files.list(directory)) {
                assertThat(all).isEmpty();
              }
              throw new StoreException.Denied("enough seen", null);
            });
    assertThatThrownBy(() -> fetch(stopping)).hasMessage("enough seen");
  }

  @Test
  void anObjectThatIsNotThereIsNoFile() {
    assertThatThrownBy(() -> fetch(store)).isInstanceOf(StoreException.NotFound.class);
    assertThat(file).doesNotExist();
  }
}
