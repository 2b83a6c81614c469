package io.sluice.bench;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.OptionalLong;

/**
 * What is at the other end of our program's pipe, in a process of its own: something that writes a
 * content, as {@code tar c} would, or something that reads and checks one.
 *
 * <p>{@code PipeEnd give SEED BYTES} and {@code PipeEnd take SEED BYTES}.
 */
final class PipeEnd {
  private static final int STEP = 1 << 20;

  private PipeEnd() {}

  public static void main(String[] args) throws IOException {
    var content = new Content(Long.parseLong(args[1]));
    long bytes = Long.parseLong(args[2]);
    if (args[0].equals("give")) {
      try (FileChannel out = new FileOutputStream(FileDescriptor.out).getChannel()) {
        give(content, bytes, out);
      }
    } else {
      try (FileChannel in = new FileInputStream(FileDescriptor.in).getChannel()) {
        take(content, bytes, in);
      }
    }
  }

  static void give(Content content, long bytes, WritableByteChannel out) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(STEP);
    for (long at = 0; at < bytes; at += buffer.limit()) {
      content.fill(buffer.clear().limit((int) Math.min(STEP, bytes - at)), at);
      while (buffer.hasRemaining()) out.write(buffer);
    }
  }

  /**
   * Reads to the end.
   *
   * @throws IOException where the bytes are not the content, or not as many
   */
  static void take(Content content, long bytes, ReadableByteChannel in) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(STEP);
    long at = 0;
    while (in.read(buffer.clear()) >= 0) {
      buffer.flip();
      OptionalLong wrong = content.firstWrong(buffer, at);
      if (wrong.isPresent()) throw new IOException("WRONG BYTES at " + wrong.getAsLong());
      at += buffer.limit();
    }
    if (at != bytes) throw new IOException("it ended after %d of %d bytes".formatted(at, bytes));
  }
}
