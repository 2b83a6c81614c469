package io.sluice.fs.fuse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.testkit.MemoryStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An open file is one version, whatever happens to the object; the next open sees the next one. */
@Timeout(60)
class ReplacedObjectIT {
  private static final int SIZE = 1 << 20;
  private static final int HALF = SIZE / 2;

  private final MemoryStore store = new MemoryStore();

  /** Without read-ahead worth the name: what was not read is not in the page cache. */
  private TestMount mounted() throws Exception {
    var reading = new KernelReading(false, 0);
    var options = MountOptions.of("s3://test").withReading(reading);
    return TestMount.of(store, options);
  }

  private static byte[] filled(int size, char with) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) with);
    return bytes;
  }

  /** A byte at a place, past whatever Java or the C library would buffer. */
  private static char at(FileChannel file, long position) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    if (file.read(one, position) != 1) throw new IOException("nothing at " + position);
    return (char) one.get(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {SIZE, 2 * SIZE + 1, SIZE / 3, 1, 0})
  void theNextOpenReadsTheNewVersionAllOfIt(int newSize) throws Exception {
    store.put("k", filled(SIZE, 'a'));
    try (var mount = mounted()) {
      assertThat(Files.readAllBytes(mount.path("k"))).isEqualTo(filled(SIZE, 'a'));
      store.put("k", filled(newSize, 'b'));
      assertThat(Files.readAllBytes(mount.path("k"))).isEqualTo(filled(newSize, 'b'));
      assertThat(Files.size(mount.path("k"))).isEqualTo(newSize);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {SIZE, 2 * SIZE + 1, SIZE / 3})
  void anOpenFileNeverShowsTheNewVersionEvenWhereTheKernelHasItsPages(int newSize)
      throws Exception {
    store.put("k", filled(SIZE, 'a'));
    try (var mount = mounted();
        var old = FileChannel.open(mount.path("k"))) {
      assertThat(at(old, 0)).isEqualTo('a');
      store.put("k", filled(newSize, 'b'));
      // All pages of the new version are in the page cache after this.
      assertThat(Files.readAllBytes(mount.path("k"))).isEqualTo(filled(newSize, 'b'));

      assertThat(old.size()).isEqualTo(SIZE);
      assertThat(at(old, 0)).isEqualTo('a');
      assertThatThrownBy(() -> at(old, SIZE - 1))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Stale file handle");
    }
    assertThat(store.openBodies()).isZero();
  }

  @Test
  void twoVersionsAreReadSideBySide() throws Exception {
    store.put("k", filled(SIZE, 'a'));
    try (var mount = mounted();
        var old = FileChannel.open(mount.path("k"))) {
      readAll(old, 'a');
      store.put("k", filled(HALF, 'b'));
      try (var young = FileChannel.open(mount.path("k"))) {
        readAll(young, 'b');
        readAll(old, 'a');
        assertThat(young.size()).isEqualTo(HALF);
        assertThat(old.size()).isEqualTo(SIZE);
      }
    }
  }

  private static void readAll(FileChannel file, char expected) throws IOException {
    ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(file.size()) + 1);
    file.position(0);
    while (file.read(all) >= 0) {}
    assertThat(all.flip()).isEqualTo(ByteBuffer.wrap(filled((int) file.size(), expected)));
  }

  @Test
  void aMappingOfTheOldVersionGivesItsBytesOrFaults() throws Exception {
    store.put("k", filled(SIZE, 'a'));
    try (var mount = mounted()) {
      try (var reader = MappedReader.of(mount.path("k"))) {
        assertThat(reader.at(0)).isEqualTo("a");
        store.put("k", filled(SIZE, 'b'));
        assertThat(Files.readAllBytes(mount.path("k"))).isEqualTo(filled(SIZE, 'b'));
        assertThat(reader.at(0)).isEqualTo("a");
        assertThat(reader.at(SIZE - 1)).isEqualTo("fault");
      }
      try (var reader = MappedReader.of(mount.path("k"))) {
        assertThat(reader.at(SIZE - 1)).isEqualTo("b");
      }
    }
  }

  @Test
  void replacedOverAndOverEachOpenSeesOneVersion() throws Exception {
    store.put("k", filled(SIZE, 'a'));
    try (var mount = mounted()) {
      Path file = mount.path("k");
      Thread writer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < 200; i++)
                      store.put("k", filled(HALF + 4096 * (i % 100), (char) ('a' + i % 26)));
                  });
      try {
        do {
          assertThatItIsOneVersion(file);
        } while (writer.isAlive());
      } finally {
        writer.join(Duration.ofSeconds(30));
      }
      // A read may be answered before its body is closed.
      Eventually.holds(() -> store.openBodies() == 0);
      assertThatItIsOneVersion(file);
    }
  }

  private static void assertThatItIsOneVersion(Path path) throws IOException {
    try (var file = FileChannel.open(path)) {
      ByteBuffer all = ByteBuffer.allocate(2 * SIZE);
      while (file.read(all) >= 0) {}
      byte[] read = Arrays.copyOf(all.array(), all.position());
      assertThat(read.length).isEqualTo((int) file.size());
      assertThat(read).containsOnly(read[0]);
      assertThat(new String(read, 0, 1, UTF_8)).matches("[a-z]");
    } catch (IOException e) {
      // Replaced between the open and the read: allowed, and what it has to say then.
      assertThat(e).hasMessageContaining("Stale file handle");
    }
  }

  @Test
  void aDeletedObjectIsGoneAtTheNextOpen() throws Exception {
    store.put("k", filled(SIZE, 'a'));
    try (var mount = mounted()) {
      assertThat(Files.size(mount.path("k"))).isEqualTo(SIZE);
      store.remove("k");
      assertThatThrownBy(() -> Files.readAllBytes(mount.path("k")))
          .isInstanceOf(NoSuchFileException.class);
    }
  }

  @Test
  void aDeletedObjectThatIsOpenGivesWhatIsCachedOrESTALE() throws Exception {
    store.put("k", filled(SIZE, 'a'));
    try (var mount = mounted();
        var file = FileChannel.open(mount.path("k"))) {
      assertThat(at(file, 0)).isEqualTo('a');
      store.remove("k");
      assertThat(at(file, 0)).isEqualTo('a');
      assertThatThrownBy(() -> at(file, SIZE - 1)).hasMessageContaining("Stale file handle");
    }
  }

  /** A process that has a file mapped: a fault must not stop the JVM that has to answer it. */
  private static final class MappedReader implements AutoCloseable {
    private final Process process;

    private MappedReader(Process process) {
      this.process = process;
    }

    static MappedReader of(Path file) throws IOException {
      return new MappedReader(Shell.java(MappingChild.class, file.toString()));
    }

    /** The byte there, or "fault" (SIGBUS). */
    String at(long position) throws IOException {
      process.outputWriter(UTF_8).append(Long.toString(position)).append('\n').flush();
      return String.valueOf(process.inputReader(UTF_8).readLine());
    }

    @Override
    public void close() {
      process.destroyForcibly();
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        throw new UncheckedIOException(new IOException(e));
      }
    }
  }
}
