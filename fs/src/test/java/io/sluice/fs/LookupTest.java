package io.sluice.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.StoreException;
import io.sluice.store.testkit.MemoryStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What HEAD of the name and LIST below it come to, in all their combinations. */
class LookupTest {
  @ParameterizedTest(name = "HEAD {0}, LIST {1}: {2}")
  @CsvSource({
    "found,       something,   directory",
    "missing,     something,   directory",
    "denied,      something,   directory",
    "unavailable, something,   directory",
    "invalid,     something,   directory",
    "found,       nothing,     file",
    "missing,     nothing,     ENOENT",
    "denied,      nothing,     EACCES",
    "unavailable, nothing,     EIO",
    "throttled,   nothing,     EIO",
    "invalid,     nothing,     EIO",
    "found,       denied,      file",
    "missing,     denied,      EACCES",
    "denied,      denied,      EACCES",
    "unavailable, denied,      EIO",
    "found,       unavailable, EIO",
    "missing,     unavailable, EIO",
    "denied,      unavailable, EACCES",
    "found,       missing,     EIO",
    "missing,     missing,     EIO",
  })
  void headAndListTogetherSayWhatANameIs(String head, String list, String expected)
      throws FsException {
    try (var bucket = new Bucket()) {
      if (head.equals("found")) bucket.with("name");
      if (list.equals("something")) bucket.with("name/below");
      bucket.store.interfere(request -> fail(request.startsWith("HEAD") ? head : list));
      switch (expected) {
        case "file" -> assertThat(bucket.stat("name").isDirectory()).isFalse();
        case "directory" -> assertThat(bucket.stat("name").isDirectory()).isTrue();
        default ->
            assertThatThrownBy(() -> bucket.stat("name"))
                .isInstanceOf(FsException.class)
                .hasFieldOrPropertyWithValue("errno", Errno.valueOf(expected))
                .hasMessageContaining("name");
      }
    }
  }

  @Test
  void aFailureIsNotRemembered() throws FsException {
    try (var bucket = new Bucket().with("name")) {
      bucket.store.interfere(_ -> fail("unavailable"));
      assertThatThrownBy(() -> bucket.stat("name")).isInstanceOf(FsException.class);
      bucket.store.stopInterfering();
      assertThat(bucket.stat("name").size()).isEqualTo(4);
    }
  }

  @Test
  void anEmptyPageIsNotTheEndOfAListing() throws FsException {
    var objects = new MemoryStore();
    objects.put("name/below", "x");
    var store = new EmptyPagesFirst(objects);
    try (var fs =
        new BucketFileSystem(store, new StoreOpener(store), Bucket.SETTINGS, new TestClock())) {
      assertThat(fs.lookup(BucketFileSystem.ROOT, "name").isDirectory()).isTrue();
      long handle = fs.opendir(BucketFileSystem.ROOT);
      var sink = new Bucket.Sink(10);
      fs.readdir(handle, 0, sink);
      assertThat(sink.names).containsExactly(".", "..", "name");
    }
  }

  private static void fail(String how) throws StoreException {
    switch (how) {
      case "found", "something", "nothing" -> {}
      case "missing" -> throw new StoreException.NotFound("name is missing", null);
      case "denied" -> throw new StoreException.Denied("name is denied", null);
      case "unavailable" -> throw new StoreException.Unavailable("name is unavailable", null);
      case "throttled" -> throw new StoreException.Throttled("name is throttled", null);
      case "invalid" -> throw new StoreException.Invalid("name is invalid", null);
      default -> throw new IllegalArgumentException(how);
    }
  }
}
