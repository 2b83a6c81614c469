package io.sluice.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SEMANTICS.md, heading by heading: opening, reading, metadata, errors. */
class FileSemanticsTest extends Semantics {
  @Nested
  class OpenAsksTheStore {
    @Test
    void itGivesTheCurrentVersionWhateverWasKnown() throws FsException {
      bucket.put("a", "old");
      assertThat(bucket.stat("a").size()).isEqualTo(3);
      bucket.put("a", "newer");
      assertThat(bucket.cat("a")).isEqualTo("newer");
      assertThat(bucket.stat("a").size()).isEqualTo(5);
    }

    @Test
    void whatIsGoneIsNotFoundFromThenOn() throws FsException {
      bucket.with("a", "b/c");
      bucket.ls("");
      long a = bucket.stat("a").inode();
      bucket.objects.remove("a");
      failsWith(Errno.ENOENT, () -> bucket.fs.open(a));
      failsWith(Errno.ENOENT, () -> bucket.stat("a"));
      failsWith(Errno.EISDIR, () -> bucket.open("b"));
    }

    @ParameterizedTest(name = "{0} minutes")
    @ValueSource(ints = {59, 60})
    void anHourOfTrustIsTheLineFromWhichItAsksNobody(int minutes) throws FsException {
      use(Bucket.SETTINGS.withMetadataTtl(Duration.ofMinutes(minutes)));
      bucket.put("a", "old");
      bucket.stat("a");
      bucket.put("a", "newer");
      long size = bucket.fs.attributesOf(bucket.open("a")).size();
      assertThat(size).isEqualTo(minutes < 60 ? 5 : 3);
    }
  }

  @Nested
  class AnOpenFileIsOneVersion {
    @Test
    void aReplacedObjectIsNeverMixedWithTheOld() throws FsException {
      bucket.put("a", "aaaabbbb");
      long handle = bucket.open("a");
      assertThat(bucket.read(handle, 0, 4)).isEqualTo("aaaa");
      bucket.put("a", "ccccdddd!");
      failsWith(Errno.ESTALE, () -> bucket.read(handle, 4, 4));
      Attributes pinned = bucket.fs.attributesOf(handle);
      assertThat(pinned.size()).isEqualTo(8);
      assertThat(bucket.fs.getattr(pinned.inode())).isEqualTo(pinned);
      assertThat(bucket.cat("a")).isEqualTo("ccccdddd!");
      assertThat(bucket.stat("a").size()).isEqualTo(9);
    }

    @Test
    void aDeletedObjectIsStaleForWhoHasItOpen() throws FsException {
      bucket.with("a");
      long handle = bucket.open("a");
      bucket.objects.remove("a");
      failsWith(Errno.ESTALE, () -> bucket.read(handle, 0, 1));
      failsWith(Errno.ENOENT, () -> bucket.stat("a"));
      Attributes pinned = bucket.fs.attributesOf(handle);
      assertThat(bucket.fs.getattr(pinned.inode())).isEqualTo(pinned);
      bucket.fs.release(handle);
      failsWith(Errno.ENOENT, () -> bucket.fs.getattr(pinned.inode()));
    }
  }

  @Nested
  class MetadataMayBeOutOfDateForAWhile {
    @Test
    void whatChangesShowsWithinTheTtl() throws FsException {
      bucket.put("changed", "1");
      bucket.put("deleted", "1");
      bucket.ls("");
      failsWith(Errno.ENOENT, () -> bucket.stat("new"));
      bucket.put("changed", "22");
      bucket.objects.remove("deleted");
      bucket.with("new");

      bucket.clock.advance(Bucket.TTL.minusNanos(1));
      assertThat(bucket.ls("")).containsExactly("changed", "deleted");
      assertThat(bucket.stat("changed").size()).isEqualTo(1);
      failsWith(Errno.ENOENT, () -> bucket.stat("new"));

      bucket.clock.advance(Duration.ofNanos(1));
      assertThat(bucket.stat("changed").size()).isEqualTo(2);
      assertThat(bucket.stat("new").size()).isEqualTo(3);
      assertThat(bucket.ls("")).containsExactly("changed", "new");
    }

    @Test
    void withATtlOfZeroEverythingIsAskedEachTime() throws FsException {
      use(Bucket.SETTINGS.withMetadataTtl(Duration.ZERO));
      failsWith(Errno.ENOENT, () -> bucket.stat("a"));
      bucket.put("a", "1");
      assertThat(bucket.ls("")).containsExactly("a");
      bucket.put("a", "22");
      assertThat(bucket.stat("a").size()).isEqualTo(2);
    }
  }

  @Nested
  class SizeAndTimeAreThoseOfTheObject {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, (64 << 20) - 1, 64 << 20, (64 << 20) + 1, 5L << 30, 1L << 42})
    void theSizeIsExactBeforeOpenAndAfter(long size) throws FsException {
      var objects = new SizedObject(size);
      try (var fs =
          new BucketFileSystem(objects, new StoreOpener(objects), Bucket.SETTINGS, bucket.clock)) {
        Attributes before = fs.lookup(BucketFileSystem.ROOT, "sized");
        Opened opened = fs.open(before.inode());
        assertThat(before.size()).isEqualTo(size);
        assertThat(opened.attributes()).isEqualTo(before);
        assertThat(fs.attributesOf(opened.handle())).isEqualTo(before);
      }
    }

    @Test
    void theTimeIsLastModifiedInWholeSeconds() throws FsException {
      bucket.objects.put("a", new byte[0], Instant.parse("2026-01-02T03:04:05.678Z"));
      assertThat(bucket.stat("a").modified()).isEqualTo("2026-01-02T03:04:05Z");
    }

    @Test
    void aDirectoryHasTheTimeOfTheMountAndNoSize() throws FsException {
      Instant mounted = bucket.clock.instant();
      bucket.clock.advance(Duration.ofDays(1));
      bucket.with("a/b");
      assertThat(bucket.stat("a").modified()).isEqualTo(mounted);
      assertThat(bucket.stat("a").size()).isZero();
    }

    @Test
    void ownerAndModesAreThoseOfTheMount() throws FsException {
      bucket.with("a/b");
      assertThat(bucket.stat("a/b"))
          .extracting(Attributes::uid, Attributes::gid, Attributes::mode)
          .containsExactly(1000, 100, 0444);
      assertThat(bucket.stat("a").mode()).isEqualTo(0555);
    }
  }

  @Nested
  class AnInodeNumberStandsForAPathAndAVersion {
    @Test
    void itIsTheSameUntilTheObjectIsReplaced() throws FsException {
      bucket.with("a", "b", "d/e");
      long a = bucket.stat("a").inode();
      assertThat(a).isNotIn(bucket.stat("b").inode(), bucket.stat("d").inode(), 0L, 1L);
      try (var again =
          new BucketFileSystem(bucket.store, bucket.opener, Bucket.SETTINGS, bucket.clock)) {
        assertThat(again.lookup(BucketFileSystem.ROOT, "a").inode()).isEqualTo(a);
      }
      bucket.put("a", "replaced");
      bucket.clock.advance(Bucket.TTL);
      failsWith(Errno.ESTALE, () -> bucket.fs.getattr(a));
      assertThat(bucket.stat("a").inode()).isNotEqualTo(a);
    }

    @Test
    void aListingShowsTheNumbersThatLookupsGive() throws FsException {
      bucket.with("a", "d/e");
      var sink = new Bucket.Sink(10);
      bucket.fs.readdir(bucket.fs.opendir(BucketFileSystem.ROOT), 0, sink);
      assertThat(sink.attributes)
          .containsExactly(bucket.stat(""), bucket.stat(""), bucket.stat("a"), bucket.stat("d"));
    }
  }

  @Nested
  class ErrorsSayWhatHappened {
    @ParameterizedTest(name = "{0}: stat {1}, read {2}")
    @CsvSource({
      "NotFound, ENOENT, ESTALE",
      "Changed, ESTALE, ESTALE",
      "RangeNotSatisfiable, ESTALE, ESTALE",
      "Denied, EACCES, EACCES",
      "Throttled, EIO, EIO",
      "Unavailable, EIO, EIO",
      "Conflict, EIO, EIO",
      "TooLarge, EIO, EIO",
      "Unsupported, EIO, EIO",
      "Invalid, EIO, EIO",
    })
    void eachFailureHasItsErrno(String failure, Errno open, Errno read) throws FsException {
      bucket.with("a");
      long inode = bucket.stat("a").inode();
      long handle = bucket.open("a");
      bucket.store.interfere(_ -> fail(failure));
      failsWith(open, () -> bucket.fs.open(inode));
      failsWith(read, () -> bucket.read(handle, 0, 1));
      bucket.store.stopInterfering();
      assertThat(bucket.read(handle, 0, 1)).isEqualTo("a");
      assertThat(bucket.cat("a")).isEqualTo("a");
    }

    @Test
    void misuseHasItsErrnoToo() throws FsException {
      bucket.with("a", "d/e");
      long a = bucket.stat("a").inode();
      failsWith(Errno.ENOTDIR, () -> bucket.fs.lookup(a, "b"));
      failsWith(Errno.ENOTDIR, () -> bucket.fs.opendir(a));
      failsWith(Errno.EISDIR, () -> bucket.fs.open(BucketFileSystem.ROOT));
      failsWith(Errno.ESTALE, () -> bucket.fs.getattr(4711));

      long file = bucket.open("a");
      long directory = bucket.fs.opendir(BucketFileSystem.ROOT);
      failsWith(Errno.EINVAL, () -> bucket.read(file, -1, 1));
      failsWith(Errno.EINVAL, () -> bucket.fs.readdir(directory, -1, new Bucket.Sink(1)));
      bucket.fs.release(file);
      bucket.fs.releasedir(directory);
      bucket.fs.release(file);
      failsWith(Errno.EBADF, () -> bucket.read(file, 0, 1));
      failsWith(Errno.EBADF, () -> bucket.fs.attributesOf(file));
      failsWith(Errno.EBADF, () -> bucket.fs.readdir(directory, 0, new Bucket.Sink(1)));
    }

    @Test
    void credentialsThatMayNotListSeeTheFilesWhosePathTheyKnow() throws FsException {
      bucket.with("a", "d/e");
      bucket.store.interfere(request -> fail(request.startsWith("LIST") ? "Denied" : ""));
      assertThat(bucket.cat("a")).isEqualTo("a");
      failsWith(Errno.EACCES, () -> bucket.stat("d"));
      failsWith(Errno.EACCES, () -> bucket.ls(""));
    }

    private static void fail(String how) throws StoreException {
      switch (how) {
        case "NotFound" -> throw new StoreException.NotFound(how, null);
        case "Changed" -> throw new StoreException.Changed(how, null);
        case "RangeNotSatisfiable" -> throw new StoreException.RangeNotSatisfiable(how, null);
        case "Denied" -> throw new StoreException.Denied(how, null);
        case "Throttled" -> throw new StoreException.Throttled(how, null);
        case "Unavailable" -> throw new StoreException.Unavailable(how, null);
        case "Conflict" -> throw new StoreException.Conflict(how, null);
        case "TooLarge" -> throw new StoreException.TooLarge(how, null);
        case "Unsupported" -> throw new StoreException.Unsupported(how, null);
        case "Invalid" -> throw new StoreException.Invalid(how, null);
        default -> {}
      }
    }
  }

  @Nested
  class ExtendedAttributesTellWhereBytesComeFrom {
    @Test
    void aFileHasItsKeyAndItsVersionAndADirectoryItsPrefix() throws FsException {
      use(Bucket.SETTINGS.withPrefix("p"));
      String tag = bucket.objects.put("p/d/é", "").version().tag();
      long file = bucket.stat("d/é").inode();
      long directory = bucket.stat("d").inode();
      assertThat(bucket.fs.listxattr(file)).containsExactly("user.sluice.key", "user.sluice.etag");
      assertThat(bucket.fs.getxattr(file, "user.sluice.key")).asString(UTF_8).isEqualTo("p/d/é");
      assertThat(bucket.fs.getxattr(file, "user.sluice.etag")).asString(UTF_8).isEqualTo(tag);
      assertThat(bucket.fs.listxattr(directory)).containsExactly("user.sluice.key");
      assertThat(bucket.fs.getxattr(directory, "user.sluice.key"))
          .asString(UTF_8)
          .isEqualTo("p/d/");
      failsWith(Errno.ENODATA, () -> bucket.fs.getxattr(directory, "user.sluice.etag"));
      failsWith(Errno.ENODATA, () -> bucket.fs.getxattr(file, "security.capability"));
    }
  }

  @Nested
  class TheDiskIsNeverFull {
    @Test
    void everythingIsFree() {
      Usage usage = bucket.fs.statfs();
      assertThat(usage.freeBlocks()).isEqualTo(usage.blocks());
      assertThat(usage.blocks() * usage.blockSize()).isGreaterThan(1L << 48);
      assertThat(usage.maxName()).isEqualTo(255);
    }
  }
}
