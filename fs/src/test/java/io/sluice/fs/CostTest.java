package io.sluice.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The exact requests that what a program does comes to. */
class CostTest {
  @Test
  void lsOfThreeFilesWithTheirAttributesIsOneList() throws FsException {
    try (var bucket = new Bucket().with("a", "b", "c")) {
      for (String name : bucket.ls("")) {
        Attributes attributes = bucket.stat(name);
        bucket.fs.getattr(attributes.inode());
        bucket.fs.listxattr(attributes.inode());
      }
      assertThat(bucket.store.takeRequests()).containsExactly("LIST ");
    }
  }

  @Test
  void aSecondLsWithinTheTtlAsksNothing() throws FsException {
    try (var bucket = new Bucket().with("a", "b", "c/d")) {
      List<String> first = bucket.ls("");
      bucket.store.takeRequests();
      assertThat(bucket.ls("")).isEqualTo(first);
      assertThat(bucket.store.takeRequests()).isEmpty();
    }
  }

  @Test
  void lookingForWhatAListedDirectoryDoesNotHaveAsksNothing() throws FsException {
    try (var bucket = new Bucket().with("a", "m", "z")) {
      bucket.ls("");
      bucket.store.takeRequests();
      for (String name : List.of("-", "b", "m.txt", "zz"))
        assertThatThrownBy(() -> bucket.stat(name))
            .hasFieldOrPropertyWithValue("errno", Errno.ENOENT);
      assertThat(bucket.store.takeRequests()).isEmpty();
    }
  }

  @Test
  void aNameThatIsNotListedIsOneHeadAndOneListAndThenNothing() throws FsException {
    try (var bucket = new Bucket().with("a")) {
      bucket.stat("a");
      assertThat(bucket.store.takeRequests()).containsExactlyInAnyOrder("HEAD a", "LIST a/");
      bucket.stat("a");
      assertThat(bucket.store.takeRequests()).isEmpty();
    }
  }

  @Test
  void aNameThatIsNotThereIsAskedForOnce() {
    try (var bucket = new Bucket()) {
      assertThatThrownBy(() -> bucket.stat("a")).isInstanceOf(FsException.class);
      bucket.store.takeRequests();
      assertThatThrownBy(() -> bucket.stat("a")).isInstanceOf(FsException.class);
      assertThat(bucket.store.takeRequests()).isEmpty();
    }
  }

  @Test
  void openingIsOneHeadEachTime() throws FsException {
    try (var bucket = new Bucket().with("a")) {
      bucket.stat("a");
      bucket.store.takeRequests();
      bucket.open("a");
      bucket.open("a");
      assertThat(bucket.store.takeRequests()).containsExactly("HEAD a", "HEAD a");
    }
  }

  @Test
  void openingAListedFileAsksNothingWhereMetadataAreGoodForAnHour() throws FsException {
    var settings = Bucket.SETTINGS.withMetadataTtl(FsSettings.FOREVER);
    try (var bucket = new Bucket(settings).with("a", "b")) {
      bucket.ls("");
      bucket.store.takeRequests();
      bucket.open("a");
      assertThat(bucket.store.takeRequests()).isEmpty();
    }
  }

  @Test
  void whatIsAskedAgainAfterTheTtlIsWhatIsUsedAgain() throws FsException {
    try (var bucket = new Bucket().with("a", "b")) {
      bucket.ls("");
      bucket.clock.advance(Bucket.TTL);
      bucket.store.takeRequests();
      bucket.stat("a");
      assertThat(bucket.store.takeRequests()).containsExactlyInAnyOrder("HEAD a", "LIST a/");
      bucket.ls("");
      assertThat(bucket.store.takeRequests()).containsExactly("LIST ");
    }
  }

  @Test
  void lsOfAHundredThousandObjectsIsOneListForEachThousand() throws FsException {
    try (var bucket = new Bucket()) {
      for (int i = 0; i < 100_000; i++) bucket.put("shard-%06d".formatted(i), "");
      assertThat(bucket.ls("", 500)).hasSize(100_000);
      assertThat(bucket.store.takeRequests()).isEqualTo(Collections.nCopies(100, "LIST "));
      assertThat(bucket.ls("", 500)).hasSize(100_000);
      assertThat(bucket.stat("shard-054321").size()).isZero();
      assertThat(bucket.store.takeRequests()).isEmpty();
    }
  }

  @Test
  void theFirstNamesOfAHugeDirectoryTakeOneList() throws FsException {
    try (var bucket = new Bucket()) {
      for (int i = 0; i < 5000; i++) bucket.put("shard-%06d".formatted(i), "");
      long handle = bucket.fs.opendir(BucketFileSystem.ROOT);
      assertThat(bucket.store.takeRequests()).isEmpty();
      bucket.fs.readdir(handle, 0, new Bucket.Sink(100));
      assertThat(bucket.store.takeRequests()).containsExactly("LIST ");
      bucket.stat("shard-000500");
      assertThat(bucket.store.takeRequests()).isEmpty();
    }
  }

  @Test
  void whatIsThereIsHandedOutBeforeTheNextPageIsAskedFor() throws FsException {
    try (var bucket = new Bucket().with("a", "b", "c", "d")) {
      bucket.store.pageSize(2);
      long handle = bucket.fs.opendir(BucketFileSystem.ROOT);
      var sink = new Bucket.Sink(100);
      bucket.fs.readdir(handle, 0, sink);
      assertThat(sink.names).containsExactly(".", "..", "a");
      assertThat(bucket.store.takeRequests()).containsExactly("LIST ");
    }
  }

  @Test
  void awkwardNamesAndTheDiskCostNothing() throws FsException {
    try (var bucket = new Bucket().with("a")) {
      for (String name : List.of(".", "..", "", "a/b", "x\0y", "x".repeat(300)))
        assertThatThrownBy(() -> bucket.fs.lookup(BucketFileSystem.ROOT, name))
            .isInstanceOf(FsException.class);
      bucket.fs.getattr(BucketFileSystem.ROOT);
      bucket.fs.statfs();
      assertThat(bucket.store.takeRequests()).isEmpty();
    }
  }
}
