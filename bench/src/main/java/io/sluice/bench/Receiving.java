package io.sluice.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * The body of one request on its way in: read at the dialled pace, compared with what it has to be,
 * and thrown away. Whatever is not wanted of it is read all the same, so that the next request
 * begins behind it.
 */
final class Receiving {
  /** In bytes; read when its last byte is due, as {@link Sending} sends it. */
  static final int SLICE = 256 * 1024;

  // The longest of all texts names 10,000 parts, with a checksum each.
  private static final long MOST_TEXT = 4 << 20;

  private final InputStream in;
  private final SocketChannel socket;
  private final DialServer server;
  private final Fault fault;
  private final long length;
  private long left;

  Receiving(
      InputStream in, SocketChannel socket, DialServer server, Fault fault, OptionalLong length) {
    this.in = in;
    this.socket = socket;
    this.server = server;
    this.fault = fault;
    // Without a length nothing is known to be the body.
    this.length = length.orElse(0);
    this.left = this.length;
  }

  /**
   * What came.
   *
   * @param place where in the object it stands; empty where all places are alike, or there is too
   *     little of it to tell
   * @param firstWrong the first offset in the object that is not what it should be
   * @param crc32c of all of it
   */
  record Received(long bytes, OptionalLong place, OptionalLong firstWrong, int crc32c) {}

  /**
   * Reads all of a body that has to be a part of what is expected.
   *
   * @param known where it belongs; where that is empty its first bytes tell
   * @throws IOException where the connection must not be used any more
   */
  Received receive(Expected expected, OptionalLong known) throws IOException {
    byte[] slice = new byte[SLICE];
    CRC32C crc = new CRC32C();
    OptionalLong place = known;
    OptionalLong wrong = OptionalLong.empty();
    Pace pace = Pace.from(System.nanoTime(), fault.bytesPerSecond(server.dial().bytesPerSecond()));
    boolean struck = false;
    while (left > 0) {
      if (!struck && left <= length / 2) {
        fault.strike(socket);
        struck = true;
      }
      long done = length - left;
      int bytes = (int) Math.min(slice.length, left);
      Connection.sleepUntil(pace.due(bytes));
      read(slice, bytes);
      pace = pace.after(bytes, System.nanoTime());
      server.counters().received(bytes);
      crc.update(slice, 0, bytes);
      ByteBuffer came = ByteBuffer.wrap(slice, 0, bytes);
      if (done == 0 && place.isEmpty()) place = expected.placeOf(came);
      if (wrong.isEmpty()) wrong = expected.firstWrong(came, place.orElse(0) + done);
    }
    return new Received(length, place, wrong, (int) crc.getValue());
  }

  /**
   * All of a body that is a text, of 4 MiB at most.
   *
   * @throws IOException where it is longer
   */
  String text() throws IOException {
    if (length > MOST_TEXT) throw new IOException("a text of " + length + " bytes");
    byte[] bytes = new byte[(int) left];
    read(bytes, bytes.length);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Reads what nobody wanted, at no pace. */
  void drain() throws IOException {
    byte[] slice = new byte[(int) Math.min(SLICE, left)];
    while (left > 0) read(slice, (int) Math.min(slice.length, left));
  }

  private void read(byte[] into, int bytes) throws IOException {
    if (in.readNBytes(into, 0, bytes) < bytes)
      throw new EOFException("the connection ended inside a body");
    left -= bytes;
  }
}
