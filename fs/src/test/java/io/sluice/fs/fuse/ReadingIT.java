package io.sluice.fs.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.testkit.MemoryStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes through the kernel are the bytes of the object, however they are read. */
@Timeout(60)
class ReadingIT {
  private static final int KIB = 1024;
  private static final int SOME_MIB = 5_000_001;

  private final MemoryStore store = new MemoryStore();

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127 * KIB, 128 * KIB - 1, 128 * KIB, 128 * KIB + 1, SOME_MIB})
  void aFileHasTheBytesAndTheSizeOfItsObject(int size) throws Exception {
    store.put("model.bin", bytes(size));
    try (var mount = TestMount.of(store)) {
      var file = mount.path("model.bin");
      assertThat(Files.size(file)).isEqualTo(size);
      assertThat(Files.readAllBytes(file)).isEqualTo(bytes(size));
      assertThat(Files.size(file)).isEqualTo(size);
      assertThat(Files.readAllBytes(file)).isEqualTo(bytes(size));
    }
    assertThat(store.openBodies()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat k | cmp - original",
        "dd if=k bs=64k status=none | cmp - original",
        "dd if=k bs=1000 status=none | cmp - original",
        "dd if=k bs=4M status=none | cmp - original",
        "dd if=k bs=4096 iflag=direct status=none | cmp - original",
        "cmp k original",
        "cp k copy && cmp copy original",
        "tail -c 3 k | cmp - <(tail -c 3 original)",
        "tail -c +4999999 k | cmp - <(tail -c 3 original)",
      })
  void toolsReadTheSameBytes(String line) throws Exception {
    store.put("k", bytes(SOME_MIB));
    var work = Files.createTempDirectory("sluice-work");
    try (var mount = TestMount.of(store)) {
      Files.write(work.resolve("original"), bytes(SOME_MIB));
      Files.createSymbolicLink(work.resolve("k"), mount.path("k"));
      assertThat(Shell.run(work, line)).isEqualTo(new Shell(0, ""));
    } finally {
      Shell.run(work, "rm -rf k copy original");
      Files.delete(work);
    }
  }

  @Test
  void manyThreadsReadOneDescriptor() throws Exception {
    byte[] bytes = bytes(SOME_MIB);
    store.put("k", bytes);
    try (var mount = TestMount.of(store);
        var file = FileChannel.open(mount.path("k"));
        var threads = Executors.newFixedThreadPool(64)) {
      List<Future<?>> reads = new ArrayList<>();
      for (int thread = 0; thread < 64; thread++) {
        var random = new Random(thread);
        reads.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 20; i++)
                    assertThatItHolds(file, bytes, random.nextInt(SOME_MIB), 100_000);
                  return null;
                }));
      }
      for (var read : reads) read.get();
    }
  }

  private static void assertThatItHolds(FileChannel file, byte[] bytes, int from, int length)
      throws IOException {
    int to = Math.min(from + length, bytes.length);
    ByteBuffer read = ByteBuffer.allocate(length);
    while (read.position() < to - from && file.read(read, from + (long) read.position()) > 0) {}
    assertThat(read.flip()).isEqualTo(ByteBuffer.wrap(bytes, from, to - from));
  }

  @Test
  void aMappingHasTheBytes() throws Exception {
    store.put("k", bytes(SOME_MIB));
    try (var mount = TestMount.of(store)) {
      String line = "fio --name=map --filename=k --readonly --ioengine=mmap --rw=randread --bs=64k";
      // A pass over everything, at random; then the page cache that it filled is what is compared.
      assertThat(Shell.run(mount.path(), line).exitCode()).isZero();
      assertThat(Files.readAllBytes(mount.path("k"))).isEqualTo(bytes(SOME_MIB));
    }
  }

  @Test
  void aFileOfMoreThan4GiBIsRightOnBothSidesOfThem() throws Exception {
    long size = (5L << 30) + 12_345;
    var large = new CountingStore(size);
    try (var mount = TestMount.of(large);
        var file = FileChannel.open(mount.path(CountingStore.KEY))) {
      assertThat(file.size()).isEqualTo(size);
      for (long from : new long[] {0, (4L << 30) - 1000, 1L << 32, (5L << 30) - 1, size - 1000}) {
        ByteBuffer read = ByteBuffer.allocate((int) Math.min(300_000, size - from));
        while (read.hasRemaining() && file.read(read, from + read.position()) > 0) {}
        assertThat(read.hasRemaining()).isFalse();
        assertThat(read.array()).isEqualTo(CountingStore.bytes(from, read.capacity()));
      }
      assertThat(file.read(ByteBuffer.allocate(1), size)).isEqualTo(-1);
      String line = "tail -c 1000 " + CountingStore.KEY + " | wc -c";
      assertThat(Shell.run(mount.path(), line).output()).isEqualTo("1000\n");
    }
  }

  @Test
  void directReadsPassThePageCacheBy() throws Exception {
    var hooked = new HookedStore(store);
    store.put("k", bytes(128 * KIB));
    var asked = new AtomicInteger();
    hooked.set((_, _) -> asked.incrementAndGet());
    var options = MountOptions.of("s3://test").withReading(new KernelReading(true, 0));
    try (var mount = TestMount.of(hooked, options)) {
      byte[] first = Files.readAllBytes(mount.path("k"));
      int once = asked.get();
      assertThat(Files.readAllBytes(mount.path("k"))).isEqualTo(first).isEqualTo(bytes(128 * KIB));
      assertThat(asked.get()).isEqualTo(2 * once);
    }
  }

  @Test
  void withoutDirectReadsThePageCacheAnswersTheSecondTime() throws Exception {
    var hooked = new HookedStore(store);
    store.put("k", bytes(SOME_MIB));
    var asked = new AtomicInteger();
    hooked.set((_, _) -> asked.incrementAndGet());
    try (var mount = TestMount.of(hooked)) {
      Files.readAllBytes(mount.path("k"));
      int once = asked.get();
      assertThat(Files.readAllBytes(mount.path("k"))).isEqualTo(bytes(SOME_MIB));
      assertThat(asked.get()).isEqualTo(once);
    }
  }
}
