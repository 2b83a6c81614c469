package io.sluice.fs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * SEMANTICS.md, heading by heading: names and directories. The rest is in {@link
 * FileSemanticsTest}.
 */
class SemanticsTest extends Semantics {
  @Test
  void eachHeadingHasItsTestsAndEachTestItsHeading() throws IOException {
    List<String> headings =
        Files.readAllLines(Path.of("SEMANTICS.md")).stream()
            .filter(line -> line.startsWith("## "))
            .map(line -> className(line.substring(3)))
            .toList();
    assertThat(Stream.of(SemanticsTest.class, FileSemanticsTest.class))
        .flatExtracting(tests -> List.of(tests.getDeclaredClasses()))
        .extracting(Class::getSimpleName)
        .containsExactlyInAnyOrderElementsOf(headings);
  }

  @Nested
  class AKeyIsAPath {
    @ParameterizedTest
    @ValueSource(
        strings = {"f", "a/f", "a/b/c/f", "a b/c\nd", "a\\b", "é/\uD83D\uDE00", "...", "-"})
    void aFileHasThePathOfItsKey(String key) throws FsException {
      bucket.with(key);
      assertThat(bucket.cat(key)).isEqualTo(key);
      assertThat(bucket.tree()).containsKey(key);
    }

    @Test
    void theSameNameInTwoDirectoriesIsTwoFiles() throws FsException {
      bucket.with("a/f", "b/f", "f", "F");
      assertThat(bucket.cat("a/f")).isEqualTo("a/f");
      assertThat(bucket.cat("b/f")).isEqualTo("b/f");
      assertThat(bucket.ls("")).containsExactly("F", "a", "b", "f");
    }
  }

  @Nested
  class ADirectoryIsAPrefix {
    @Test
    void itGoesWithItsLastObject() throws FsException {
      bucket.with("a/b/c");
      assertThat(bucket.stat("a/b").isDirectory()).isTrue();
      bucket.objects.remove("a/b/c");
      bucket.clock.advance(Bucket.TTL);
      failsWith(Errno.ENOENT, () -> bucket.stat("a"));
      assertThat(bucket.ls("")).isEmpty();
    }

    @Test
    void aMarkerMakesADirectoryAndIsNotInIt() throws FsException {
      bucket.put("empty/", "");
      bucket.put("full/", "a marker with content");
      bucket.put("full/f", "");
      assertThat(bucket.ls("")).containsExactly("empty", "full");
      assertThat(bucket.stat("empty").isDirectory()).isTrue();
      assertThat(bucket.ls("empty")).isEmpty();
      assertThat(bucket.ls("full")).containsExactly("f");
    }

    @Test
    void theRootIsThereInAnEmptyBucketToo() throws FsException {
      assertThat(bucket.stat("").isDirectory()).isTrue();
      assertThat(bucket.ls("")).isEmpty();
    }

    @Test
    void aPrefixCanBeTheRoot() throws FsException {
      use(Bucket.SETTINGS.withPrefix("models/llama"));
      bucket.with("models/llama/a/f", "models/llama/g", "models/llama-2", "models/h", "i");
      assertThat(bucket.tree().keySet()).containsExactly("a/", "a/f", "g");
      assertThat(bucket.cat("a/f")).isEqualTo("models/llama/a/f");
      assertThat(dots().attributes).extracting(Attributes::inode).containsOnly(1L);
    }
  }

  @Nested
  class ANameThatIsBothIsADirectory {
    @Test
    void itIsShownOnceUntilTheDirectoryIsGone() throws FsException {
      bucket.with("a", "a-1", "a.txt", "a/b");
      bucket.store.pageSize(1);
      assertThat(bucket.stat("a").isDirectory()).isTrue();
      assertThat(bucket.tree().keySet()).containsExactly("a-1", "a.txt", "a/", "a/b");
      bucket.objects.remove("a/b");
      bucket.clock.advance(Bucket.TTL);
      assertThat(bucket.cat("a")).isEqualTo("a");
      assertThat(bucket.ls("")).containsExactly("a-1", "a.txt", "a");
    }
  }

  @Nested
  class WhatIsNotAPathIsNotShown {
    private static final List<String> NAMES = List.of("", ".", "..", "a\0b", "\uD83D");
    private static final String TOO_LONG = "é".repeat(128);

    @Test
    void awkwardNamesAreNotListedAndNotFound() throws FsException {
      for (String name : NAMES) bucket.with("d/" + name + "/f", "d/" + name + "/" + name + "/g");
      bucket.with("/a", "d/..", "d/.", "d/" + TOO_LONG, "d/" + TOO_LONG + "/f", "d/shown");
      assertThat(bucket.tree().keySet()).containsExactly("d/", "d/shown");
      long d = bucket.stat("d").inode();
      for (String name : NAMES) failsWith(Errno.ENOENT, () -> bucket.fs.lookup(d, name));
      failsWith(Errno.ENAMETOOLONG, () -> bucket.fs.lookup(d, TOO_LONG));
    }

    @Test
    void theyAreCounted() throws FsException {
      bucket.with("a//b", "a/.", "a/c");
      bucket.ls("a");
      assertThat(bucket.fs.hiddenKeys()).isEqualTo(2);
    }
  }

  @Nested
  class ADirectoryIsListedInOneOrder {
    @Test
    void theDotsComeFirstAndThenAllNamesAsIfEachEndedWithASlash() throws FsException {
      bucket.with("b", "a", "a-1", "a0", "B", "\uFFFD", "\uD83D\uDE00", "é");
      assertThat(dots().names).containsExactly(".", "..");
      assertThat(bucket.ls(""))
          .containsExactly("B", "a-1", "a", "a0", "b", "é", "\uFFFD", "\uD83D\uDE00");
    }

    @Test
    void aReaderCanGoOnFromAnyEntry() throws FsException {
      bucket.with("a", "b", "c", "d", "e");
      bucket.store.pageSize(2);
      long handle = bucket.fs.opendir(BucketFileSystem.ROOT);
      Bucket.Sink all = bucket.readOn(handle, 0);
      assertThat(all.names).containsExactly(".", "..", "a", "b", "c", "d", "e");
      for (int from = all.names.size() - 1; from >= 0; from--) {
        Bucket.Sink rest = bucket.readOn(handle, all.offsets.get(from));
        assertThat(rest.names).isEqualTo(all.names.subList(from + 1, all.names.size()));
      }
    }

    @Test
    void goingBackToTheStartShowsTheDirectoryAsItIsNow() throws FsException {
      bucket.with("a", "b");
      long handle = bucket.fs.opendir(BucketFileSystem.ROOT);
      bucket.fs.readdir(handle, 0, new Bucket.Sink(3));
      bucket.with("c");
      bucket.clock.advance(Bucket.TTL);
      var again = new Bucket.Sink(100);
      bucket.fs.readdir(handle, 0, again);
      assertThat(again.names).containsExactly(".", "..", "a", "b", "c");
    }

    @Test
    void aPageThatCannotBeHadIsAnErrorAndNotAnEnd() throws FsException {
      bucket.with("a", "b", "c", "d");
      bucket.store.pageSize(2);
      long handle = bucket.fs.opendir(BucketFileSystem.ROOT);
      var first = new Bucket.Sink(3);
      bucket.fs.readdir(handle, 0, first);
      bucket.store.interfere(WatchedStore.UNAVAILABLE);
      var next = new Bucket.Sink(3);
      failsWith(Errno.EIO, () -> bucket.fs.readdir(handle, first.nextOffset, next));
      bucket.store.stopInterfering();
      assertThat(bucket.readOn(handle, first.nextOffset).names).containsExactly("b", "c", "d");
    }
  }

  /** The first two entries of the root. */
  private Bucket.Sink dots() throws FsException {
    var sink = new Bucket.Sink(2);
    bucket.fs.readdir(bucket.fs.opendir(BucketFileSystem.ROOT), 0, sink);
    return sink;
  }

  private static String className(String heading) {
    return Arrays.stream(heading.split(" "))
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining());
  }
}
