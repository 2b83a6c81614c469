package io.sluice.store.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.store.ObjectAttributes;
import io.sluice.store.ObjectStore;
import io.sluice.store.PutOptions;
import io.sluice.store.StoreException;
import io.sluice.store.testkit.FaultyStore;
import io.sluice.store.testkit.FaultyStore.Fault;
import io.sluice.store.testkit.MemoryStore;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class FileUploadTest {
  private static final int MIB = 1 << 20;
  private static final int PART = 5 * MIB;
  private static final PartSizes SIZES = new PartSizes(PART, PART);

  /** Everything in parts. */
  private static final Upload.Limits IN_PARTS = new Upload.Limits(3, SIZES, PART, 0);

  private static final Upload.Limits AT_ONCE = new Upload.Limits(3, SIZES, PART, 64 * MIB);

  @TempDir Path directory;
  private final MemoryStore memory = new MemoryStore();
  private final FaultyStore store = new FaultyStore(memory);
  private final AtomicLong progress = new AtomicLong();

  @AfterEach
  void nothingIsLeft() throws Exception {
    Leftovers.requireNone(memory);
  }

  private Path file(int length) throws IOException {
    return Files.write(directory.resolve("file"), Bytes.random(length));
  }

  private Upload upload(ObjectStore to, Upload.Limits limits) {
    return new Upload(to, limits, progress::addAndGet);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, PART - 1, PART, PART + 1, 2 * PART, 4 * PART + 17})
  void aFileBecomesAnObjectPartByPart(int length) throws Exception {
    var version = upload(store, IN_PARTS).file(file(length), "k", PutOptions.ANY);
    assertThat(version).isEqualTo(memory.head("k").version());
    assertThat(Bytes.of(memory, "k")).isEqualTo(Bytes.random(length));
    assertThat(progress).hasValue(length);
    assertThat(store.requests())
        .filteredOn(request -> request.startsWith("PUT_PART"))
        .hasSize(Math.max(1, Math.ceilDiv(length, PART)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, MIB})
  void aSmallFileGoesInOneRequest(int length) throws Exception {
    upload(store, AT_ONCE).file(file(length), "k", PutOptions.ANY);
    assertThat(store.requests()).containsExactly("PUT k");
    assertThat(Bytes.of(memory, "k")).isEqualTo(Bytes.random(length));
    assertThat(progress).hasValue(length);
  }

  static Stream<Upload.Limits> bothWays() {
    return Stream.of(IN_PARTS, AT_ONCE);
  }

  @ParameterizedTest
  @MethodSource("bothWays")
  void attributesAreKept(Upload.Limits limits) throws Exception {
    var attributes = ObjectAttributes.ofType("text/plain").withMetadata("a", "b");
    upload(store, limits).file(file(10), "k", PutOptions.ANY.with(attributes));
    assertThat(memory.describe("k").attributes()).isEqualTo(attributes);
  }

  @ParameterizedTest
  @MethodSource("bothWays")
  void aConditionThatDoesNotHoldLeavesTheObject(Upload.Limits limits) throws Exception {
    memory.put("k", "there");
    assertThatThrownBy(() -> upload(store, limits).file(file(10), "k", PutOptions.IF_ABSENT))
        .isInstanceOf(StoreException.Changed.class);
    assertThat(Bytes.of(memory, "k")).isEqualTo("there".getBytes(UTF_8));
  }

  /** Ways to change a file. */
  interface Change {
    void apply(Path file) throws IOException;
  }

  static Stream<Change> changes() {
    return Stream.of(
        file -> Files.write(file, new byte[1], StandardOpenOption.APPEND),
        file -> cut(file, 2 * PART - 1),
        file -> cut(file, 0),
        file -> Files.setLastModifiedTime(file, FileTime.fromMillis(1)));
  }

  private static void cut(Path file, long size) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    }
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aFileThatChangesWhileItIsSentInPartsIsNoObject(Change change) throws Exception {
    Path file = file(2 * PART);
    var changing = new Hooked(memory, "PUT_PART", _ -> change.apply(file));
    assertThatThrownBy(() -> upload(changing, IN_PARTS).file(file, "k", PutOptions.ANY))
        .hasMessageContaining("changed while it was sent");
    assertThatThrownBy(() -> memory.head("k")).isInstanceOf(StoreException.NotFound.class);
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aFileThatChangesWhileItIsSentAtOnceIsNoObject(Change change) throws Exception {
    Path file = file(2 * PART);
    var changing = new Hooked(memory, "PUT", _ -> change.apply(file));
    assertThatThrownBy(() -> upload(changing, AT_ONCE).file(file, "k", PutOptions.ANY))
        .hasMessageContaining("changed while it was sent");
    assertThatThrownBy(() -> memory.head("k")).isInstanceOf(StoreException.NotFound.class);
  }

  @ParameterizedTest
  @MethodSource("bothWays")
  void aFileThatIsReplacedOrDeletedMeanwhileIsSentAsItWas(Upload.Limits limits) throws Exception {
    Path file = file(2 * PART);
    var deleting = new Hooked(memory, "PUT", _ -> Files.deleteIfExists(file));
    upload(deleting, limits).file(file, "k", PutOptions.ANY);
    assertThat(Bytes.of(memory, "k")).isEqualTo(Bytes.random(2 * PART));
  }

  @Test
  void theFirstErrorOfTheStoreIsTheOneThatIsThrown() throws Exception {
    var denied = new StoreException.Denied("not you", null);
    var refusing = Hooked.refusing(memory, "PUT_PART", denied);
    assertThatThrownBy(() -> upload(refusing, IN_PARTS).file(file(3 * PART), "k", PutOptions.ANY))
        .isSameAs(denied);
    assertThat(progress).hasValue(0);
  }

  @Test
  void anAbortThatFailsIsToldAlong() throws Exception {
    var denied = new StoreException.Denied("no part", null);
    store.script(
        new Fault.None(),
        new Fault.Refused(denied),
        new Fault.Refused(new StoreException.Denied("no abort", null)));
    Throwable thrown =
        catchThrowable(() -> upload(store, IN_PARTS).file(file(10), "k", PutOptions.ANY));
    assertThat(thrown).isSameAs(denied);
    assertThat(thrown.getSuppressed())
        .singleElement()
        .hasToString(StoreException.Denied.class.getName() + ": no abort");
    for (var left : memory.uploads().pending("")) memory.uploads().abort(left.id());
  }

  @Test
  void whoeverIsInterruptedLeavesNothing() throws Exception {
    Thread caller = Thread.currentThread();
    var never = new CountDownLatch(1);
    var interrupting =
        new Hooked(
            memory,
            "PUT_PART",
            _ -> {
              caller.interrupt();
              never.await();
            });
    assertThatThrownBy(
            () -> upload(interrupting, IN_PARTS).file(file(3 * PART), "k", PutOptions.ANY))
        .isInstanceOf(InterruptedIOException.class)
        .hasMessageContaining("k is not written");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aListenerThatFailsEndsTheUpload() throws Exception {
    var failing =
        new Upload(
            store,
            IN_PARTS,
            _ -> {
              throw new IllegalStateException("no progress");
            });
    assertThatThrownBy(() -> failing.file(file(10), "k", PutOptions.ANY)).hasMessage("no progress");
  }

  @Test
  void aDirectoryIsNoObject() {
    assertThatThrownBy(() -> upload(store, AT_ONCE).file(directory, "k", PutOptions.ANY))
        .hasMessageContaining("is a directory");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path missing = directory.resolve("missing");
    assertThatThrownBy(() -> upload(store, AT_ONCE).file(missing, "k", PutOptions.ANY))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("missing");
  }

  @Test
  void whatIsNoRegularFileIsReadAsAStream() throws Exception {
    upload(store, AT_ONCE).file(Path.of("/dev/null"), "k", PutOptions.ANY);
    assertThat(Bytes.of(memory, "k")).isEmpty();
  }
}
