package io.sluice.store.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ListPage;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is peculiar to a directory: links, files that change under a reader, directories. */
final class LocalStoreTest {
  @TempDir Path directory;
  private Path root;
  private LocalStore store;

  @BeforeEach
  void openStore() throws Exception {
    root = Files.createDirectory(directory.resolve("bucket")).toRealPath();
    store = LocalStore.open(root);
  }

  @Test
  void aFileThatGrowsWhileItIsReadIsChanged() throws Exception {
    ObjectVersion version = file("k", "aaaabbbb");
    try (InputStream body = store.open(version, version.all())) {
      assertThat(new String(body.readNBytes(4), UTF_8)).isEqualTo("aaaa");
      try (var file = new RandomAccessFile(root.resolve("k").toFile(), "rw")) {
        file.seek(4);
        file.write("ccccdddd".getBytes(UTF_8));
      }
      assertThatThrownBy(body::read)
          .isInstanceOf(StoreException.Changed.class)
          .hasMessageContaining("k");
    }
  }

  @Test
  void aFileThatIsCutWhileItIsReadIsChanged() throws Exception {
    ObjectVersion version = file("k", "aaaabbbb");
    try (InputStream body = store.open(version, version.all())) {
      assertThat(body.readNBytes(4)).hasSize(4);
      Files.writeString(root.resolve("k"), "a");
      assertThatThrownBy(body::read).isInstanceOf(StoreException.Changed.class);
    }
  }

  @Test
  void aFileThatIsDeletedWhileItIsReadIsNotFound() throws Exception {
    ObjectVersion version = file("k", "aaaabbbb");
    try (InputStream body = store.open(version, version.all())) {
      assertThat(body.readNBytes(4)).hasSize(4);
      Files.delete(root.resolve("k"));
      assertThatThrownBy(body::read).isInstanceOf(StoreException.NotFound.class);
    }
  }

  @Test
  void aLinkToAFileBelowIsThatFile() throws Exception {
    file("blobs/1", "content");
    Files.createSymbolicLink(root.resolve("model.bin"), Path.of("blobs/1"));
    assertThat(store.head("model.bin").size()).isEqualTo(7);
    assertThat(keys("")).containsExactly("blobs/1", "model.bin");
  }

  @Test
  void aLinkToADirectoryBelowIsThatDirectory() throws Exception {
    file("v3/model.bin", "content");
    Files.createSymbolicLink(root.resolve("latest"), Path.of("v3"));
    assertThat(store.head("latest/model.bin").size()).isEqualTo(7);
    assertThat(keys("latest/")).containsExactly("latest/model.bin");
  }

  @Test
  void aLinkThatLeadsOutIsNotThere() throws Exception {
    Files.writeString(directory.resolve("secret"), "s");
    Files.createSymbolicLink(root.resolve("out"), Path.of("../secret"));
    Files.createSymbolicLink(root.resolve("outside"), directory);
    assertThat(keys("")).isEmpty();
    assertThat(prefixes("")).isEmpty();
    assertThat(keys("outside/")).isEmpty();
    assertThatThrownBy(() -> store.head("out")).isInstanceOf(StoreException.NotFound.class);
    assertThatThrownBy(() -> store.head("outside/secret"))
        .isInstanceOf(StoreException.NotFound.class);
  }

  @Test
  void linksThatLeadNowhereAreNotThere() throws Exception {
    file("k", "x");
    Files.createSymbolicLink(root.resolve("dangling"), Path.of("nothing"));
    Files.createSymbolicLink(root.resolve("self"), Path.of("self"));
    Files.createSymbolicLink(root.resolve("through"), Path.of("k/below"));
    assertThat(keys("")).containsExactly("k");
    assertThatThrownBy(() -> store.head("self")).isInstanceOf(StoreException.NotFound.class);
    assertThatThrownBy(() -> store.head("dangling")).isInstanceOf(StoreException.NotFound.class);
  }

  @Test
  void linksThatLeadInACircleAreFollowedOnce() throws Exception {
    file("a/x", "1");
    file("b/y", "2");
    Files.createSymbolicLink(root.resolve("a/to-b"), Path.of("../b"));
    Files.createSymbolicLink(root.resolve("b/to-a"), Path.of("../a"));
    Files.createSymbolicLink(root.resolve("start"), Path.of("a"));
    assertThat(keys(""))
        .containsExactly("a/to-b/y", "a/x", "b/to-a/x", "b/y", "start/to-b/y", "start/x");
    assertThat(prefixes("start/to-b/")).isEmpty();
  }

  @Test
  void directoriesWithoutAFileDoNotShow() throws Exception {
    Files.createDirectories(root.resolve("empty/deeper"));
    file("full/deeper/k", "x");
    assertThat(prefixes("")).containsExactly("full/");
    assertThatThrownBy(() -> store.head("full")).isInstanceOf(StoreException.NotFound.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../", "/", "a/../../", "./", "a//", "nul\0/", "/etc/", "a/./"})
  void aPrefixThatIsNoPlainPathHoldsNothing(String prefix) throws Exception {
    file("a/k", "x");
    Files.writeString(directory.resolve("outside"), "x");
    assertThat(keys(prefix)).isEmpty();
    assertThat(prefixes(prefix)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../outside", "/etc/passwd", "nul\0", "", "a/../a/k", "."})
  void aKeyThatIsNoPlainPathIsNotFound(String key) throws Exception {
    file("a/k", "x");
    Files.writeString(directory.resolve("outside"), "x");
    assertThatThrownBy(() -> store.head(key)).isInstanceOf(StoreException.NotFound.class);
  }

  @Test
  void aFileThatIsLongerThanFourGigabytesTellsSo() throws Exception {
    long size = 5L << 30;
    try (var file = new RandomAccessFile(root.resolve("sparse").toFile(), "rw")) {
      file.setLength(size);
    }
    ObjectVersion version = store.head("sparse").version();
    assertThat(version.size()).isEqualTo(size);
    try (InputStream body = store.open(version, new io.sluice.store.ByteRange(size - 3, size))) {
      assertThat(body.readAllBytes()).containsExactly(0, 0, 0);
    }
  }

  @Test
  void aDirectoryThatMayNotBeEnteredShowsAndSaysSo() throws Exception {
    file("k", "x");
    Path closed = Files.createDirectory(root.resolve("lost+found"));
    Files.setPosixFilePermissions(closed, Set.<PosixFilePermission>of());
    Assumptions.assumeFalse(Files.isReadable(closed), "root may enter every directory");
    assertThat(prefixes("")).containsExactly("lost+found/");
    assertThatThrownBy(() -> keys("lost+found/")).isInstanceOf(StoreException.Denied.class);
  }

  @Test
  void whatIsNoDirectoryCannotBeOpened() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "x");
    assertThatThrownBy(() -> LocalStore.open(file))
        .isInstanceOf(StoreException.NotFound.class)
        .hasMessageContaining("file");
    assertThatThrownBy(() -> LocalStore.open(directory.resolve("nowhere")))
        .isInstanceOf(StoreException.NotFound.class)
        .hasMessageContaining("nowhere");
  }

  private ObjectVersion file(String key, String text) throws IOException {
    Path file = root.resolve(key);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text);
    return store.head(key).version();
  }

  private List<String> keys(String prefix) throws StoreException {
    ListPage page = store.list(ListRequest.everything(prefix));
    return page.objects().stream().map(ObjectMeta::key).toList();
  }

  private List<String> prefixes(String prefix) throws StoreException {
    return store.list(ListRequest.directory(prefix)).prefixes();
  }
}
