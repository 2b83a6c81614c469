package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ObjectVersion;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens to the cache on disk happens to the cache only: a reader gets right bytes. */
@NullMarked
@Timeout(180)
class DamageTest extends CacheFixture {
  private final byte[] bytes = Bucket.bytes(100);
  private final ObjectVersion version = bucket.put("k", bytes);

  private void cacheIt() throws Exception {
    try (var cache = open()) {
      readAll(cache, version);
    }
    bucket.gets().clear();
  }

  private Path file(String name) {
    return objectDirectory("test", version).resolve(name);
  }

  private void flipABitOf(Path file, int at) throws Exception {
    byte[] content = Files.readAllBytes(file);
    content[at] ^= 4;
    Files.write(file, content);
  }

  @Test
  void afterARebootADamagedBlockIsFetchedAgainAndCounted() throws Exception {
    cacheIt();
    flipABitOf(file("data"), 50);
    boot = NEXT_BOOT;
    try (var cache = open()) {
      assertThat(readAll(cache, version)).isEqualTo(bytes);
      await(() -> cache.statistics().damagedBlocks() == 1); // counted after it was dropped
    }
    assertThat(bucket.bytesAskedFor()).isEqualTo(BLOCK);
  }

  @Test
  void afterARebootUndamagedBlocksAreUsed() throws Exception {
    cacheIt();
    boot = NEXT_BOOT;
    try (var cache = open()) {
      assertThat(readAll(cache, version)).isEqualTo(bytes);
      assertThat(cache.statistics().damagedBlocks()).isZero();
    }
    assertThat(bucket.gets()).isEmpty();
  }

  @Test
  void afterARebootWhatNobodyHasReadYetIsVerifiedToo() throws Exception {
    blockSize = 4096;
    byte[] many = Bucket.bytes(5 << 20);
    ObjectVersion large = bucket.put("large", many);
    try (var cache = open()) {
      readAll(cache, large);
    }
    bucket.gets().clear();
    Path data = objectDirectory("test", large).resolve("data");
    flipABitOf(data, 1 << 20);
    flipABitOf(data, (5 << 20) - 1);
    boot = NEXT_BOOT;
    try (var cache = open();
        var object = cache.open(large)) {
      read(object, 3 << 20, 1);
      await(() -> cache.statistics().damagedBlocks() == 2);
      assertThat(read(object, 0, many.length)).isEqualTo(many);
    }
    assertThat(bucket.bytesAskedFor()).isEqualTo(2 * 4096);
  }

  @Test
  void dataThatGotLostInACrashIsNeverServedAsZeros() throws Exception {
    cacheIt();
    Files.write(file("data"), new byte[100]);
    boot = NEXT_BOOT;
    try (var cache = open()) {
      assertThat(readAll(cache, version)).isEqualTo(bytes);
    }
  }

  @Test
  void aMapThatDoesNotParseDiscardsItsObjectOnly() throws Exception {
    byte[] otherBytes = Bucket.bytes(50);
    ObjectVersion other = bucket.put("other", otherBytes);
    try (var cache = open()) {
      readAll(cache, other);
    }
    cacheIt();
    flipABitOf(file("blocks"), 3);
    try (var cache = open()) {
      assertThat(readAll(cache, version)).isEqualTo(bytes);
      assertThat(bucket.bytesAskedFor()).isEqualTo(100);
      assertThat(readAll(cache, other)).isEqualTo(otherBytes);
      assertThat(bucket.bytesAskedFor()).isEqualTo(100);
    }
  }

  @Test
  void filesOfTheWrongLengthOrMissingAreDiscarded() throws Exception {
    for (String name : new String[] {"data", "blocks"}) {
      cacheIt();
      Files.write(file(name), new byte[7]);
      try (var cache = open()) {
        assertThat(readAll(cache, version)).isEqualTo(bytes);
      }
      Files.delete(file(name));
      try (var cache = open()) {
        assertThat(readAll(cache, version)).isEqualTo(bytes);
      }
    }
  }

  @Test
  void aFileThatShrinksUnderAReaderIsFetchedAgain() throws Exception {
    try (var cache = open();
        var object = cache.open(version)) {
      read(object, 0, 100);
      try (var data = new java.io.RandomAccessFile(file("data").toFile(), "rw")) {
        data.setLength(10);
      }
      assertThat(read(object, 0, 100)).isEqualTo(bytes);
    }
  }

  @Test
  void whatIsNotOursInTheDataDirectoryIsLeftAlone() throws Exception {
    Path notes = directory.resolve("v1/ab/notes");
    Files.createDirectories(notes);
    Files.createDirectories(directory.resolve("v1/x"));
    space = new CacheSettings.Space(1, 0);
    try (var cache = open()) {
      assertThat(readAll(cache, version)).isEqualTo(bytes);
    }
    assertThat(notes).isDirectory();
  }

  @Test
  void whatIsCachedIsDescribedForPeople() throws Exception {
    ObjectVersion odd = bucket.put("a \"b\"\\\n\u00e4", bytes);
    try (var cache = open("s3://bucket at http://host")) {
      readAll(cache, odd);
    }
    Path description =
        objectDirectory("s3://bucket at http://host", odd).resolve(ObjectFiles.DESCRIPTION);
    assertThat(Files.readString(description))
        .contains("\"key\":\"a \\\"b\\\"\\\\\\n\u00e4\"", "\"size\":100", "s3://bucket");
  }

  @Test
  void whatCannotBeVerifiedBecauseTheDiskFailsIsFetchedAgain() throws Exception {
    cacheIt();
    boot = NEXT_BOOT;
    try (var cache = open();
        var object = cache.open(version)) {
      try (var data = FileChannel.open(file("data"), StandardOpenOption.WRITE)) {
        data.truncate(0);
      }
      assertThat(read(object, 0, bytes.length)).isEqualTo(bytes);
    }
  }

  @Test
  void whatIsDamagedAndCannotBeMadeAnewIsCountedOutAllTheSame() throws Exception {
    cacheIt();
    flipABitOf(file("blocks"), 3);
    Files.createDirectories(file("not ours").resolve("at all")); // cannot be cleared away
    var discarded = new AtomicInteger();
    var opener = new ObjectFiles.Opener(1, _ -> true, BOOT, () -> {}, discarded::incrementAndGet);
    assertThatThrownBy(
            () ->
                ObjectFiles.open(
                    objectDirectory("test", version),
                    Description.of("test", version),
                    new BlockLayout(version.size(), BLOCK),
                    opener))
        .isInstanceOf(DirectoryNotEmptyException.class);
    assertThat(discarded).hasValue(1);
  }
}
