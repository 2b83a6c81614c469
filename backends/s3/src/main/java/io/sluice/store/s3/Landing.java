package io.sluice.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A way for the bytes of a body into a buffer, round the arrays of the HTTP client: the body is
 * read into an array of ours, and a {@link ChannelSocket} that is asked to fill just this array, in
 * this thread, fills the buffer in its place. The client only counts. What lands in the array after
 * all, because the client had it already or the connection is another one, is copied from there.
 *
 * <p>Nothing on the way may look at the bytes, as checksums of the SDK would: they are off. For one
 * thread at a time.
 */
final class Landing {
  private static final ThreadLocal<Landing> OF_THREAD = new ThreadLocal<>();

  /** What the JDK moves at once, too, and a stream of 80 MB/s brings in 1.6 ms. */
  private static final int MOST = 1 << 17;

  private final byte[] array;
  private @Nullable ByteBuffer place;
  private int landed;
  private long inAll;

  /**
   * For one body.
   *
   * @param bytes of the body: as many are reserved, or a good lot
   */
  Landing(long bytes) {
    this.array = new byte[(int) Math.min(bytes, MOST)];
  }

  /**
   * Reads some bytes.
   *
   * @param most of them, at least 1
   * @return as {@link InputStream#read(byte[], int, int)}
   */
  int read(InputStream body, ByteBuffer into, long most) throws IOException {
    int length = (int) Math.min(Math.min(most, array.length), into.remaining());
    int start = into.position();
    int limit = into.limit();
    place = into.limit(start + length);
    landed = 0;
    int count = -1;
    OF_THREAD.set(this);
    try {
      count = body.read(array, 0, length);
    } finally {
      OF_THREAD.remove();
      place = null;
      into.limit(limit);
      if (count < 0) into.position(start);
    }
    inAll += landed;
    if (count > landed) into.put(array, landed, count - landed);
    return count;
  }

  /** How many bytes went round the array. */
  long inAll() {
    return inAll;
  }

  /**
   * Fills an array, or the buffer that this thread wants to have filled instead.
   *
   * @return as {@link SocketChannel#read(ByteBuffer)}
   */
  static int fill(SocketChannel channel, byte[] array, int offset, int length) throws IOException {
    Landing landing = OF_THREAD.get();
    if (landing == null || !landing.isFor(array, offset))
      return channel.read(ByteBuffer.wrap(array, offset, Math.min(length, MOST)));
    return landing.fill(channel, length);
  }

  /** What comes behind bytes that the array has already belongs there, too. */
  @SuppressWarnings("ReferenceEquality") // this array, not one that happens to hold the same
  private boolean isFor(byte[] other, int offset) {
    return array == other && landed == offset;
  }

  /** No more than was asked for: behind a chunk of a body comes the header of the next one. */
  private int fill(SocketChannel channel, int length) throws IOException {
    ByteBuffer into = Objects.requireNonNull(place);
    int limit = into.limit();
    into.limit(into.position() + Math.min(length, into.remaining()));
    try {
      int count = channel.read(into);
      if (count > 0) landed += count;
      return count;
    } finally {
      into.limit(limit);
    }
  }
}
