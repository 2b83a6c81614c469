package io.sluice.launcher.objects;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Standard input and output as channels: whoever waits in one can be interrupted, which nobody can
 * who waits in a stream. Errors say which of them it was.
 */
final class StandardStreams {
  private StandardStreams() {}

  static InputStream input() {
    return named(
        Channels.newInputStream(new FileInputStream(FileDescriptor.in).getChannel()),
        "the standard input");
  }

  /** What is there and no regular file: a named pipe, what a shell makes of {@code <(command)}. */
  static InputStream input(Path file) throws IOException {
    return named(
        Channels.newInputStream(FileChannel.open(file, StandardOpenOption.READ)), file.toString());
  }

  private static InputStream named(InputStream in, String what) {
    return new FilterInputStream(in) {
      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        try {
          return super.read(into, offset, length);
        } catch (ClosedByInterruptException e) {
          throw e;
        } catch (IOException e) {
          throw new IOException("cannot read %s: %s".formatted(what, e.getMessage()), e);
        }
      }
    };
  }

  static WritableByteChannel output() {
    return named(
        new FileOutputStream(FileDescriptor.out).getChannel(), "write to the standard output");
  }

  /** What is there and no regular file: a named pipe, {@code /dev/null}. */
  static WritableByteChannel output(Path file) throws IOException {
    return named(FileChannel.open(file, StandardOpenOption.WRITE), "write to " + file);
  }

  private static WritableByteChannel named(FileChannel channel, String what) {
    return new WritableByteChannel() {
      @Override
      public int write(ByteBuffer from) throws IOException {
        try {
          return channel.write(from);
        } catch (ClosedByInterruptException e) {
          throw e;
        } catch (IOException e) {
          throw new IOException("cannot %s: %s".formatted(what, reason(e)), e);
        }
      }

      @Override
      public boolean isOpen() {
        return channel.isOpen();
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }

  private static String reason(IOException e) {
    String text = String.valueOf(e.getMessage());
    return text.contains("Broken pipe") ? text + ", its reader ended before all was there" : text;
  }
}
