package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.zip.CRC32C;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullMarked
class ChecksumsTest {
  @TempDir Path directory;

  @ParameterizedTest(name = "{0} bytes in blocks of {1}, from {2} to {3}")
  @CsvSource({
    "10, 4, 0, 3",
    "10, 4, 1, 2",
    "12, 4, 2, 3",
    "1000000, 131072, 0, 8",
    "1000000, 131072, 3, 7",
    "1000000, 300000, 0, 4",
    "1000000, 100003, 2, 10",
    "1000000, 1000000, 0, 1",
  })
  void eachBlockHasTheChecksumOfItsBytes(int size, int blockSize, int first, int end)
      throws Exception {
    byte[] bytes = Bucket.bytes(size);
    Path file = Files.write(directory.resolve("data"), bytes);
    var layout = new BlockLayout(size, blockSize);
    var expected = new ArrayList<String>();
    for (int block = first; block < end; block++) {
      var crc = new CRC32C();
      crc.update(bytes, (int) layout.start(block), layout.length(block));
      expected.add(block + " " + (int) crc.getValue());
    }
    var found = new ArrayList<String>();
    try (var data = FileChannel.open(file)) {
      Checksums.of(data, layout, first, end, (block, crc) -> found.add(block + " " + crc));
    }
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void aFileThatIsTooShortIsAnError() throws Exception {
    Path file = Files.write(directory.resolve("data"), new byte[9]);
    try (var data = FileChannel.open(file)) {
      assertThatThrownBy(() -> Checksums.of(data, new BlockLayout(10, 4), 0, 3, (_, _) -> {}))
          .isInstanceOf(EOFException.class);
    }
  }
}
