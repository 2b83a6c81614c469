package io.sluice.store;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;

/**
 * Bytes to be sent, as often as it takes: a request that failed is made again from the first byte.
 * Each stream that it opens gives the same bytes. For many threads at once.
 */
public interface Payload {
  /** In bytes; known before anything is sent. */
  long length();

  /** From the first byte; whoever opens it closes it. */
  InputStream open() throws IOException;

  /** A whole array, which must not change any more. */
  static Payload of(byte[] bytes) {
    return of(bytes, 0, bytes.length);
  }

  /** A part of an array, which must not change any more. */
  static Payload of(byte[] bytes, int offset, int length) {
    java.util.Objects.checkFromIndexSize(offset, length, bytes.length);
    return new Payload() {
      @Override
      public long length() {
        return length;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(bytes, offset, length);
      }
    };
  }

  /**
   * A part of an open file, read by position: many at once share the channel, which stays open, and
   * renaming or deleting the file does no harm. Where the file becomes shorter, reading fails. Read
   * in pieces of 64 KiB at least: who signs a body asks for 4 KiB at once.
   */
  static Payload of(FileChannel file, ByteRange range) {
    return new Payload() {
      @Override
      public long length() {
        return range.length();
      }

      @Override
      public InputStream open() {
        return new BufferedInputStream(new FileRange(file, range), FileRange.AT_ONCE);
      }
    };
  }
}
