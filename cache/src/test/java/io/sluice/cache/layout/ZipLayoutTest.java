package io.sluice.cache.layout;

import static io.sluice.cache.layout.Search.range;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.ByteRange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class ZipLayoutTest {
  private static final byte[] MAGIC = {'P', 'K', 3, 4};

  /**
   * An archive of stored entries of {@code length} bytes; each takes 30 bytes and its name more.
   */
  private static byte[] archive(int length, String comment, String... names) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.setMethod(ZipOutputStream.STORED);
      zip.setComment(comment);
      var data = new byte[length];
      var crc = new CRC32();
      crc.update(data);
      for (String name : names) {
        var entry = new ZipEntry(name);
        entry.setSize(length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(data);
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void theDirectoryComesFirstThenThePickleThenTheEntriesInTheirOrder() throws IOException {
    byte[] file = archive(100, "", "m/data/0", "m/data.pkl", "m/data/1");
    assertThat(Search.order(file))
        .contains(
            List.of(
                range(138 + 140 + 138, file.length),
                range(138, 138 + 140),
                range(0, 138),
                range(138 + 140, 138 + 140 + 138)));
  }

  @Test
  void anArchiveWithoutAPickleIsReadInTheOrderOfItsEntries() throws IOException {
    byte[] file = archive(100, "", "a.npy", "b.npy");
    assertThat(Search.order(file)).contains(List.of(range(270, file.length), range(0, 270)));
  }

  @Test
  void aCommentAtTheEndDoesNotHideTheDirectory() throws IOException {
    byte[] file = archive(100, "made by hand", "a.npy");
    assertThat(Search.order(file)).contains(List.of(range(135, file.length), range(0, 135)));
  }

  @Test
  void aDirectoryLongerThanTheTailIsReadAsAWhole() throws IOException {
    var names = new String[2000];
    for (int i = 0; i < names.length; i++) names[i] = "model/data/" + i;
    byte[] file = archive(50, "", names);
    List<ByteRange> reads = new ArrayList<>();
    List<ByteRange> order = Search.order(file, file.length, reads).orElseThrow();
    long directory = order.getFirst().start();
    assertThat(order).containsExactly(range(directory, file.length), range(0, directory));
    assertThat(reads)
        .containsExactly(
            range(0, 64 << 10),
            range(file.length - (64 << 10), file.length),
            range(directory, file.length - 22));
  }

  /** What follows an entry of 5 GiB: directory, ZIP64 end, its locator, end. */
  private static ByteBuffer zip64Tail(long size, long secondEntry) {
    int directory = 2 * (46 + 1) + 12 + 28;
    long start = size - directory - 56 - 20 - 22;
    ByteBuffer tail = ByteBuffer.allocate(directory + 98).order(ByteOrder.LITTLE_ENDIAN);
    directoryEntry(tail, 10, 12, 0).put("a".getBytes(UTF_8));
    tail.putShort((short) 9).putShort((short) 8).putLong(77); // an extra field of somebody else
    directoryEntry(tail, -1, 28, -1).put("b".getBytes(UTF_8));
    tail.putShort((short) 1).putShort((short) 24).putLong(3).putLong(3).putLong(secondEntry);
    tail.putInt(0x06064b50).putLong(44).putInt(0).putLong(0).putLong(2).putLong(2);
    tail.putLong(directory).putLong(start);
    tail.putInt(0x07064b50).putInt(0).putLong(start + directory).putInt(1);
    tail.putInt(0x06054b50).putInt(0).putShort((short) 2).putShort((short) 2);
    tail.putInt(-1).putInt(-1).putShort((short) 0);
    return tail.flip();
  }

  private static ByteBuffer directoryEntry(ByteBuffer tail, int size, int extra, int offset) {
    tail.putInt(0x02014b50).putLong(0).putLong(0).putInt(size).putInt(size);
    tail.putShort((short) 1).putShort((short) extra).putLong(0).putShort((short) 0);
    return tail.putInt(offset);
  }

  private static LayoutSearch searchZip64(long size, ByteBuffer end) {
    var start = (LayoutSearch.Needs) LayoutSearch.of(size);
    var first = ByteBuffer.allocate((int) start.bytes().length()).put(MAGIC).rewind();
    var tail = (LayoutSearch.Needs) start.with(first);
    int length = (int) tail.bytes().length();
    return tail.with(
        ByteBuffer.allocate(length).put(length - end.remaining(), end, 0, end.remaining()));
  }

  @Test
  void archivesBeyondFourGibibytesAreRead() {
    long size = 9L << 30;
    long directory = size - zip64Tail(size, 0).remaining();
    LayoutSearch search = searchZip64(size, zip64Tail(size, 5L << 30));
    assertThat(search)
        .isEqualTo(new LayoutSearch.Found(List.of(range(directory, size), range(0, directory))));
  }

  @Test
  void entriesOutsideTheFileAreNoLayout() {
    long size = 9L << 30;
    for (long entry : new long[] {-1, size, Long.MAX_VALUE, Long.MIN_VALUE})
      assertThat(searchZip64(size, zip64Tail(size, entry))).isEqualTo(new LayoutSearch.NoLayout());
  }

  @Test
  void anArchiveWithoutItsEndIsNoLayout() {
    assertThat(searchZip64(1 << 20, ByteBuffer.allocate(0))).isEqualTo(new LayoutSearch.NoLayout());
  }
}
