package io.sluice.store.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Where bytes go in order: a stream or a channel. */
interface Output {
  void write(byte[] bytes, int offset, int length) throws IOException;

  static Output of(WritableByteChannel channel) {
    return (bytes, offset, length) -> {
      ByteBuffer left = ByteBuffer.wrap(bytes, offset, length);
      while (left.hasRemaining()) channel.write(left);
    };
  }
}
