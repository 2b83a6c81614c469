package io.sluice.store.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ListRequest;
import io.sluice.store.Payload;
import io.sluice.store.PutOptions;
import io.sluice.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links on the way to what is written or deleted. */
final class LocalLinksTest {
  private static final Payload BODY = Payload.of("text".getBytes(UTF_8));

  @TempDir Path directory;
  private Path root;
  private Path outside;
  private LocalStore store;

  @BeforeEach
  void open() throws Exception {
    root = Files.createDirectory(directory.resolve("bucket"));
    outside = Files.createDirectory(directory.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "s");
    Files.createSymbolicLink(root.resolve("out"), outside);
    store = LocalStore.open(root);
  }

  @Test
  void deletingThroughALinkInsideLeavesTheLinkAndItsNeighbours() throws Exception {
    store.put("blobs/x", BODY, PutOptions.ANY);
    store.put("blobs/y", BODY, PutOptions.ANY);
    Path link = Files.createSymbolicLink(root.resolve("snap"), Path.of("blobs"));
    store.delete("snap/x");
    assertThat(root.resolve("blobs/x")).doesNotExist();
    assertThat(link).isSymbolicLink();
    assertThat(store.head("snap/y").size()).isEqualTo(4);
  }

  @Test
  void deletingTheLastThroughALinkLeavesTheDirectoryForTheNext() throws Exception {
    store.put("blobs/a/x", BODY, PutOptions.ANY);
    Path link = Files.createSymbolicLink(root.resolve("snap"), Path.of("blobs"));
    store.delete("snap/a/x");
    assertThat(root.resolve("blobs/a")).doesNotExist();
    assertThat(link).isSymbolicLink();
    assertThat(store.list(ListRequest.directory("")).prefixes()).isEmpty();
    store.put("snap/z", BODY, PutOptions.ANY);
    assertThat(root.resolve("blobs/z")).exists();
  }

  @Test
  void deletingALinkToAFileLeavesTheFile() throws Exception {
    store.put("blobs/x", BODY, PutOptions.ANY);
    Path link = Files.createSymbolicLink(root.resolve("model"), Path.of("blobs/x"));
    store.delete("model");
    assertThat(link).doesNotExist();
    assertThat(root.resolve("blobs/x")).exists();
  }

  @Test
  void whatIsOutsideIsNotThereToDelete() throws Exception {
    Files.createDirectory(outside.resolve("empty"));
    store.put("k", BODY, PutOptions.ANY);
    Files.createSymbolicLink(outside.resolve("back"), root.toRealPath().resolve("k"));
    Path dangling = Files.createSymbolicLink(root.resolve("nowhere"), Path.of("nothing"));
    Path secret = Files.createSymbolicLink(root.resolve("secret"), outside.resolve("secret"));
    for (String key : new String[] {"out/secret", "out/back", "out/empty/k", "out", "nowhere"})
      store.delete(key);
    store.delete("secret");
    assertThat(outside).isDirectoryContaining(file -> file.endsWith("secret"));
    assertThat(outside.resolve("empty")).isDirectory();
    assertThat(outside.resolve("back")).isSymbolicLink();
    assertThat(root.resolve("out")).isSymbolicLink();
    assertThat(dangling).isSymbolicLink();
    assertThat(secret).isSymbolicLink();
  }

  @ParameterizedTest
  @ValueSource(strings = {"out/k", "out/new/deep/k", "far/new/k"})
  void nothingIsMadeOutside(String key) throws Exception {
    Files.createDirectory(root.resolve("near"));
    Files.createSymbolicLink(root.resolve("far"), root.resolve("near/on"));
    Files.createSymbolicLink(root.resolve("near/on"), outside);
    assertThatThrownBy(() -> store.put(key, BODY, PutOptions.ANY))
        .isInstanceOf(StoreException.Denied.class)
        .hasMessageContaining(key);
    try (var files = Files.list(outside)) {
      assertThat(files).containsExactly(outside.resolve("secret"));
    }
  }

  @Test
  void noLinkLeadsIntoTheWorkshop() throws Exception {
    store.put("k", BODY, PutOptions.ANY);
    Files.createSymbolicLink(root.resolve("ours"), Path.of(".sluice"));
    assertThatThrownBy(() -> store.head("ours/lock")).isInstanceOf(StoreException.NotFound.class);
    assertThatThrownBy(() -> store.put("ours/k", BODY, PutOptions.ANY))
        .isInstanceOf(StoreException.Denied.class);
    store.delete("ours/lock");
    assertThat(root.resolve(".sluice/lock")).exists();
    assertThat(store.list(ListRequest.directory("")).prefixes()).isEmpty();
  }

  @Test
  void belowALinkToNowhereNothingCanBe() throws Exception {
    Files.createSymbolicLink(root.resolve("nowhere"), outside.resolve("nothing"));
    assertThatThrownBy(() -> store.put("nowhere/a/k", BODY, PutOptions.ANY))
        .isInstanceOf(StoreException.Unsupported.class);
    assertThat(outside.resolve("nothing")).doesNotExist();
  }
}
