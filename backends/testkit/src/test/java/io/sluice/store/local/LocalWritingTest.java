package io.sluice.store.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.store.ListRequest;
import io.sluice.store.ObjectAttributes;
import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Payload;
import io.sluice.store.PutOptions;
import io.sluice.store.StoreException;
import io.sluice.store.UploadId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is particular about writing into a directory. */
final class LocalWritingTest {
  private static final Payload BODY = Payload.of("text".getBytes(UTF_8));

  @TempDir Path directory;
  private Path root;
  private LocalStore store;

  @BeforeEach
  void open() throws Exception {
    root = Files.createDirectory(directory.resolve("bucket"));
    store = LocalStore.open(root);
  }

  private List<Path> everything() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).map(root::relativize).sorted().toList();
    }
  }

  @Test
  void readingLeavesNoTrace() throws Exception {
    store.list(ListRequest.everything(""));
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void anObjectIsAFileThatOthersRead() throws Exception {
    store.put("a/b", BODY, PutOptions.ANY);
    assertThat(root.resolve("a/b")).hasContent("text");
  }

  @Test
  void nothingIsLeftOfWhatWasMadeAside() throws Exception {
    store.put("k", BODY, PutOptions.ANY);
    assertThatThrownBy(() -> store.put("k", BODY, PutOptions.IF_ABSENT))
        .isInstanceOf(StoreException.Changed.class);
    assertThat(everything()).containsExactly(Path.of(".sluice/lock"), Path.of("k"));
  }

  @ParameterizedTest
  @ValueSource(strings = {".sluice/lock", ".sluice/tmp/x", ".sluice"})
  void whatIsOursIsNoKey(String key) throws Exception {
    store.put("k", BODY, PutOptions.ANY);
    UploadId upload = store.uploads().create("k", ObjectAttributes.NONE);
    store.uploads().put(upload, 1, BODY);
    assertThatThrownBy(() -> store.head(key)).isInstanceOf(StoreException.NotFound.class);
    assertThatThrownBy(() -> store.put(key, BODY, PutOptions.ANY))
        .isInstanceOf(StoreException.Invalid.class);
    store.delete(key);
    assertThat(root.resolve(".sluice/lock")).exists();
    assertThat(store.list(ListRequest.everything("")).objects())
        .extracting(ObjectMeta::key)
        .containsExactly("k");
    assertThat(store.list(ListRequest.everything(".sluice/")).objects()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/", "a//b", "/a", "./a", "a/../b", "..", "a\0b"})
  void aKeyThatIsNoPathCannotBeWritten(String key) {
    assertThatThrownBy(() -> store.put(key, BODY, PutOptions.ANY))
        .isInstanceOf(StoreException.Invalid.class);
  }

  @Test
  void aNameThatNoFileCanHaveIsInvalidToWriteAndNotThereToRead() {
    String longest = "é".repeat(128); // 256 bytes
    assertThatThrownBy(() -> store.put(longest, BODY, PutOptions.ANY))
        .isInstanceOf(StoreException.Invalid.class)
        .hasMessageContaining("255");
    assertThatThrownBy(() -> store.head(longest)).isInstanceOf(StoreException.NotFound.class);
  }

  @Test
  void aFileAndADirectoryOfOneNameCannotBe() throws Exception {
    store.put("a", BODY, PutOptions.ANY);
    assertThatThrownBy(() -> store.put("a/b", BODY, PutOptions.ANY))
        .isInstanceOf(StoreException.Unsupported.class);
    store.put("c/d", BODY, PutOptions.ANY);
    assertThatThrownBy(() -> store.put("c", BODY, PutOptions.ANY))
        .isInstanceOf(StoreException.Unsupported.class);
    assertThat(everything()).containsExactly(Path.of(".sluice/lock"), Path.of("a"), Path.of("c/d"));
  }

  @Test
  void aDirectoryHasNoCannedAcls() {
    var shared = PutOptions.ANY.with(ObjectAttributes.NONE.withAcl("public-read"));
    assertThatThrownBy(() -> store.put("k", BODY, shared))
        .isInstanceOf(StoreException.Unsupported.class);
  }

  @Test
  void aLinkThatLeadsOutIsNotWrittenThrough() throws Exception {
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Files.createSymbolicLink(root.resolve("out"), outside);
    assertThatThrownBy(() -> store.put("out/k", BODY, PutOptions.ANY))
        .isInstanceOf(StoreException.Denied.class);
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void everyPutIsAnotherVersionHoweverQuick() throws Exception {
    var versions = new HashSet<ObjectVersion>();
    for (int i = 0; i < 200; i++) versions.add(store.put("k", BODY, PutOptions.ANY));
    assertThat(versions).hasSize(200);
  }

  @Test
  void whatAKilledProgramLeftIsSweptAfterADay() throws Exception {
    Path temporary = Files.createDirectories(root.resolve(".sluice/tmp"));
    Path old = Files.write(temporary.resolve("old"), new byte[1]);
    Path fresh = Files.write(temporary.resolve("fresh"), new byte[1]);
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    LocalStore.open(root).close();
    assertThat(old).doesNotExist();
    assertThat(fresh).exists();
  }

  @Test
  void anInterruptedWriterDoesNotWaitForTheLock() throws Exception {
    store.put("k", BODY, PutOptions.ANY);
    try (FileChannel channel =
            FileChannel.open(root.resolve(".sluice/lock"), StandardOpenOption.WRITE);
        var _ = channel.lock()) {
      var failure = new AtomicReference<Throwable>();
      Thread deleting =
          Thread.ofPlatform().start(() -> failure.set(catchThrowable(() -> store.delete("k"))));
      deleting.interrupt();
      assertThat(deleting.join(Duration.ofSeconds(20))).isTrue();
      assertThat(failure.get()).isInstanceOf(StoreException.Unavailable.class);
      assertThat(root.resolve("k")).exists();
    }
    store.delete("k");
    assertThat(root.resolve("k")).doesNotExist();
  }

  @Test
  void anUploadGoesOnInAnotherLifeOfTheProgram() throws Exception {
    UploadId upload = store.uploads().create("k", ObjectAttributes.ofType("a/b"));
    store.uploads().put(upload, 1, BODY);
    store.close();
    try (LocalStore again = LocalStore.open(root)) {
      var parts = again.uploads().parts(upload);
      again.uploads().complete(upload, parts, io.sluice.store.Precondition.NONE);
      assertThat(root.resolve("k")).hasContent("text");
      assertThat(again.uploads().pending("")).isEmpty();
    }
  }
}
