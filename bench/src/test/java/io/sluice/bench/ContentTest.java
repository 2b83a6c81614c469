package io.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentTest {
  private static final int MIB = 1 << 20;

  private final Content content = new Content(7);

  @TempDir private Path directory;

  @Test
  void whatWasWrittenIsRightAtItsOffset() throws IOException {
    assertThat(content.firstWrong(bytes(MIB, 64), MIB)).isEmpty();
  }

  @Test
  void bytesOfAnotherPlaceAreWrong() throws IOException {
    assertThat(content.firstWrong(bytes(0, 64), MIB)).hasValue(MIB);
  }

  @Test
  void bytesOfAnotherFileAreWrong() throws IOException {
    assertThat(new Content(8).firstWrong(bytes(0, 64), 0)).hasValue(0);
  }

  @Test
  void aHoleIsFoundWhereItBegins() throws IOException {
    ByteBuffer bytes = bytes(0, 64);
    bytes.putLong(24, 0);
    assertThat(content.firstWrong(bytes, 0)).hasValue(24);
  }

  @Test
  void aSinkThatChecksSaysWhere() throws IOException {
    ByteBuffer bytes = bytes(0, 64);
    assertThatThrownBy(() -> Sink.check(content).take(bytes, 8))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("offset 8");
  }

  @Test
  void aReadMayBeginAndEndAnywhere() throws IOException {
    ByteBuffer bytes = bytes(3, 62);
    assertThat(content.firstWrong(bytes, 3)).isEmpty();
    bytes.put(61, (byte) (bytes.get(61) + 1));
    assertThat(content.firstWrong(bytes, 3)).hasValue(64);
    bytes.put(1, (byte) (bytes.get(1) + 1));
    assertThat(content.firstWrong(bytes, 3)).hasValue(4);
  }

  @Test
  void anyPieceIsFilledAsTheWholeIsWritten() throws IOException {
    ByteBuffer piece = ByteBuffer.allocate(21);
    content.fill(piece, 5);
    assertThat(piece).isEqualTo(bytes(5, 21));
  }

  @Test
  void aWordTellsItsPlace() throws IOException {
    ByteBuffer bytes = bytes(MIB, 64);
    assertThat(content.placeOf(bytes)).isEqualTo(MIB);
    assertThat(content.placeOf(bytes.slice(16, 8))).isEqualTo(MIB + 16);
    assertThat(new Content(-1).placeOf(bytes)).isNotEqualTo(MIB);
  }

  private ByteBuffer bytes(int offset, int length) throws IOException {
    Path file = directory.resolve("file");
    content.write(file, 2 * MIB);
    return ByteBuffer.wrap(Files.readAllBytes(file), offset, length).slice();
  }
}
