package io.sluice.fs.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.testkit.MemoryStore;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Names, directories and attributes as programs see them through the kernel. */
@Timeout(60)
class TreeIT {
  private final MemoryStore store = new MemoryStore();

  @Test
  void filesLieInTheDirectoriesOfTheirKeys() throws Exception {
    store.put("a/b/c.bin", "deep");
    store.put("a/c.bin", "middle");
    store.put("c.bin", "top");
    try (var mount = TestMount.of(store)) {
      assertThat(Shell.run(mount.path(), "find . | sort").output().lines())
          .containsExactly(".", "./a", "./a/b", "./a/b/c.bin", "./a/c.bin", "./c.bin");
      assertThat(Shell.run(mount.path(), "cat a/b/c.bin a/c.bin c.bin").output())
          .isEqualTo("deepmiddletop");
    }
  }

  @Test
  void statShowsSizeTimesModeAndOwnerWithoutAnOpen() throws Exception {
    store.put("a/k", new byte[1025], Instant.ofEpochSecond(1_700_000_000));
    try (var mount = TestMount.of(store)) {
      String shown = Shell.run(mount.path(), "stat -c '%F %s %b %h %a %u:%g %.9Y' a/k").output();
      assertThat(shown).isEqualTo("regular file 1025 3 1 444 1234:5678 1700000000.000000000\n");
      shown = Shell.run(mount.path(), "stat -c '%F %h %a %u:%g' a .").output();
      assertThat(shown.lines()).containsOnly("directory 2 555 1234:5678").hasSize(2);
    }
  }

  @Test
  void inodeNumbersAreTheSameInListingAndStat() throws Exception {
    store.put("k", "text");
    store.put("d/k", "text");
    try (var mount = TestMount.of(store)) {
      var listed = Shell.run(mount.path(), "ls -fi1 . | sort -n | grep -v '\\.'");
      var stat = Shell.run(mount.path(), "stat -c '%i %n' k d | sort -n");
      assertThat(listed.output()).isEqualToNormalizingWhitespace(stat.output());
    }
  }

  @Test
  void aLargeDirectoryIsListedCompletely() throws Exception {
    List<String> names = IntStream.range(0, 3000).mapToObj("file-%05d"::formatted).toList();
    names.forEach(name -> store.put("d/" + name, "x"));
    try (var mount = TestMount.of(store)) {
      assertThat(Shell.run(mount.path("d"), "ls").output().lines()).isEqualTo(names);
      assertThat(Shell.run(mount.path(), "ls -l d | grep -c file-").output()).isEqualTo("3000\n");
    }
  }

  @Test
  void aListingCanBeRewoundAndGoneOnWithFromAnywhere() throws Exception {
    IntStream.range(0, 2500).forEach(i -> store.put("k%04d".formatted(i), "x"));
    String script =
        """
        opendir(D, ".") or die $!;
        my @first = readdir D;
        rewinddir D;
        my (@half, @rest);
        push @half, scalar readdir D for 1..1300;
        my $here = telldir D;
        my @end = readdir D;
        seekdir D, $here;
        @rest = readdir D;
        print scalar(@first), " ", "@half @rest" eq "@first" && "@end" eq "@rest" ? "same" : "not";
        """;
    try (var mount = TestMount.of(store)) {
      var run = Shell.ended(Shell.started(mount.path(), "perl", "-e", script));
      assertThat(run.output()).isEqualTo("2502 same");
    }
  }

  @Test
  @Timeout(300)
  void aDirectoryStaysUsableForWhoeverIsInItHoweverMuchElseIsLookedUp() throws Exception {
    store.put("mine/sub/k", "text");
    for (int i = 0; i < 20_000; i++) store.put("many/%05d".formatted(i), "x");
    try (var mount = TestMount.of(store)) {
      // More than the inode table remembers; by a path that does not lead through "mine".
      String line =
          "cd mine && ls -l %s | wc -l && ls . && cat sub/k".formatted(mount.path("many"));
      assertThat(Shell.run(mount.path(), line).output()).isEqualTo("20001\nsub\ntext");
    }
  }

  @Test
  void whatIsNotThereIsNotFound() throws Exception {
    store.put("k", "text");
    try (var mount = TestMount.of(store)) {
      assertThatThrownBy(() -> Files.size(mount.path("other")))
          .isInstanceOf(NoSuchFileException.class);
      assertThat(Shell.run(mount.path(), "cat k/below").output()).contains("Not a directory");
      assertThat(Shell.run(mount.path(), "cat " + "n".repeat(256)).output())
          .contains("File name too long");
    }
  }

  @Test
  void namesAreUtf8WhateverTheLocale() throws Exception {
    String name = "größe \u6a21\u578b \ud83d\ude00'\\\"\t.bin";
    store.put("dir " + name + "/" + name, "text");
    try (var mount = TestMount.of(store)) {
      assertThat(Shell.run(mount.path(), "cat */*").output()).isEqualTo("text");
      assertThat(Shell.run(mount.path(), "ls -b | wc -l").output().strip()).isEqualTo("1");
      Path file = mount.path("dir " + name).resolve(name);
      assertThat(Files.readString(file)).isEqualTo("text");
      assertThat(Shell.run(mount.path(), "cat $'\\xff\\xfe'").output()).contains("No such file");
    }
  }

  @Test
  void extendedAttributesTellWhichObjectItIs() throws Exception {
    store.put("a/k", "text");
    try (var mount = TestMount.of(store)) {
      var view = Files.getFileAttributeView(mount.path("a/k"), UserDefinedFileAttributeView.class);
      assertThat(view.list()).contains("sluice.etag", "sluice.key");
      byte[] value = new byte[view.size("sluice.key")];
      view.read("sluice.key", ByteBuffer.wrap(value));
      assertThat(value).asString().isEqualTo("a/k");
      assertThatThrownBy(() -> view.size("none")).hasMessageContaining("No data");
      assertThatThrownBy(() -> view.read("sluice.key", ByteBuffer.allocate(2)))
          .hasMessageContaining("Insufficient space");
    }
  }

  @Test
  void dfShowsALargeDiskWithRoom() throws Exception {
    try (var mount = TestMount.of(store)) {
      var fileStore = Files.getFileStore(mount.path());
      assertThat(fileStore.getTotalSpace()).isGreaterThan(1L << 40);
      assertThat(fileStore.getUsableSpace()).isEqualTo(fileStore.getTotalSpace());
      assertThat(fileStore.type()).isEqualTo("fuse.sluice");
      assertThat(fileStore.name()).isEqualTo("s3://test");
    }
  }
}
