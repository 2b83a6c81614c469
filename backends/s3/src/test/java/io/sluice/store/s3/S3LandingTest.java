package io.sluice.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ByteBufferReadable;
import io.sluice.store.ByteRange;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Bodies land in direct buffers: all of them, in their order, whatever came with the headers. */
final class S3LandingTest extends FaultsFixture {
  private static final int LARGE = 300_000; // more than is moved at once

  private static String large() {
    var text = new StringBuilder(LARGE);
    for (int i = 0; text.length() < LARGE; i++) text.append(i).append(' ');
    return text.substring(0, LARGE);
  }

  private static String fill(InputStream body, int bytes) throws IOException {
    ByteBuffer into = ByteBuffer.allocateDirect(bytes);
    while (into.hasRemaining() && ByteBufferReadable.read(body, into) >= 0) {}
    return UTF_8.decode(into.flip()).toString();
  }

  @Test
  void whatCameWithTheHeadersComesFirst() throws Exception {
    String content = large();
    server.script(
        wire -> {
          wire.send(
              """
              HTTP/1.1 206 Partial\r
              ETag: "t1"\r
              Content-Range: bytes 0-%d/%d\r
              Content-Length: %d\r
              \r
              """
                      .formatted(LARGE - 1, LARGE, LARGE)
                  + content.substring(0, 5000));
          wire.send(content.substring(5000));
        });
    var version = new ObjectVersion(S3Answers.KEY, S3Answers.TAG, LARGE);
    try (InputStream body = store.open(version, version.all())) {
      assertThat(fill(body, LARGE)).isEqualTo(content);
      // All but what the client had read along with the headers, and the last few hundred bytes,
      // which go through its buffer, too: that has 8 KiB.
      assertThat(((S3Body) body).landed()).isGreaterThanOrEqualTo(LARGE - 2 * 8192);
      assertThat(body.read()).isEqualTo(-1);
    }
    requireGoodStore();
    assertThat(server.accepted()).as("the connection is used again").isEqualTo(1);
  }

  @Test
  void chunksAreTakenApart() throws Exception {
    server.script(
        wire -> {
          wire.send(
              """
              HTTP/1.1 206 Partial\r
              ETag: "t1"\r
              Content-Range: bytes 0-15/16\r
              Transfer-Encoding: chunked\r
              \r
              5\r
              abcde\r
              """);
          wire.send("b\r\nfghijklmnop\r\n0\r\n\r\n");
        });
    try (InputStream body = store.open(VERSION, VERSION.all())) {
      assertThat(fill(body, 16)).isEqualTo(S3Answers.CONTENT);
    }
    requireGoodStore();
  }

  @Test
  void whatIsBetweenLargeChunksIsNotOfTheBody() throws Exception {
    String content = large();
    var chunks = new StringBuilder();
    int chunk = 32 << 10; // more than the client's buffer, less than is moved at once
    for (int start = 0; start < LARGE; start += chunk) {
      String part = content.substring(start, Math.min(LARGE, start + chunk));
      chunks.append(Integer.toHexString(part.length())).append("\r\n").append(part).append("\r\n");
    }
    server.script(
        wire ->
            wire.send(
                """
                HTTP/1.1 206 Partial\r
                ETag: "t1"\r
                Content-Range: bytes 0-%d/%d\r
                Transfer-Encoding: chunked\r
                \r
                """
                        .formatted(LARGE - 1, LARGE)
                    + chunks
                    + "0\r\n\r\n"));
    var version = new ObjectVersion(S3Answers.KEY, S3Answers.TAG, LARGE);
    try (InputStream body = store.open(version, version.all())) {
      assertThat(fill(body, LARGE)).isEqualTo(content);
    }
    requireGoodStore();
  }

  @Test
  void aServerThatFallsSilentIsUnavailableInTime() throws Exception {
    beHasty();
    server.script(
        wire -> {
          wire.send(S3Answers.partHead(0, 16) + "abcde");
          wire.stall();
        });
    assertThat(failure(() -> landed(0, 16)))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("models/k.bin")
        .hasMessageContaining("no answer in time");
  }

  @Test
  void aBodyThatBreaksOffIsUnavailable() throws Exception {
    server.script(
        wire -> {
          wire.send(S3Answers.partHead(0, 16) + "abcde");
          wire.hangUp();
        },
        wire -> {
          wire.send(S3Answers.partHead(0, 16) + "abcde");
          wire.reset();
        });
    for (int i = 0; i < 2; i++)
      assertThatThrownBy(() -> landed(0, 16))
          .isInstanceOf(StoreException.Unavailable.class)
          .hasMessageContaining("models/k.bin");
    requireGoodStore();
  }

  private String landed(int start, int end) throws Exception {
    try (InputStream body = store.open(VERSION, new ByteRange(start, end))) {
      return fill(body, end - start);
    }
  }

  @Test
  void bytesThatAreInTheArrayAndBytesThatLandAreBothThere() throws Exception {
    try (var silence = new SilentReads(Duration.ofSeconds(30));
        var pair = new Pair(silence)) {
      pair.here.setSoTimeout(20_000);
      pair.there.getOutputStream().write("cdef".getBytes(UTF_8));
      var first = new ByteArrayInputStream("ab".getBytes(UTF_8));
      InputStream body = new SequenceInputStream(first, pair.here.getInputStream());
      ByteBuffer into = ByteBuffer.allocateDirect(8).put((byte) '-');
      var landing = new Landing(100);
      while (into.position() < 6) assertThat(landing.read(body, into, 5)).isPositive();
      assertThat(UTF_8.decode(into.flip()).toString()).startsWith("-abcde");
    }
  }

  @Test
  void aReadThatFailsLeavesTheBufferAsItWas() {
    ByteBuffer into = ByteBuffer.allocateDirect(8).position(3).limit(6);
    var gone =
        new FilterInputStream(InputStream.nullInputStream()) {
          @Override
          public int read(byte[] array, int offset, int length) throws IOException {
            throw new IOException("broken");
          }
        };
    assertThatThrownBy(() -> new Landing(100).read(gone, into, 5)).hasMessage("broken");
    assertThat(into.position()).isEqualTo(3);
    assertThat(into.limit()).isEqualTo(6);
  }

  @Test
  void aSilentReadIsLateAndItsConnectionClosed() throws Exception {
    try (var silence = new SilentReads(Duration.ofMillis(200));
        var pair = new Pair(silence)) {
      pair.here.setSoTimeout(200);
      InputStream body = pair.here.getInputStream();
      assertThatThrownBy(() -> body.read(new byte[8])).isInstanceOf(SocketTimeoutException.class);
      assertThat(pair.here.isClosed()).isTrue();
    }
  }

  @Test
  void aShortLookLeavesTheConnectionOpen() throws Exception {
    try (var silence = new SilentReads(Duration.ofMillis(200));
        var pair = new Pair(silence)) {
      pair.here.setSoTimeout(1);
      InputStream body = pair.here.getInputStream();
      assertThatThrownBy(() -> body.read(new byte[8])).isInstanceOf(SocketTimeoutException.class);
      pair.there.getOutputStream().write("abc".getBytes(UTF_8));
      pair.here.setSoTimeout(20_000);
      byte[] read = new byte[8];
      assertThat(body.readNBytes(read, 0, 3)).isEqualTo(3);
      assertThat(new String(Arrays.copyOf(read, 3), UTF_8)).isEqualTo("abc");
    }
  }

  @Test
  void closingWakesWhoeverReads() throws Exception {
    try (var silence = new SilentReads(Duration.ofSeconds(30));
        var pair = new Pair(silence)) {
      pair.here.setSoTimeout(30_000);
      InputStream body = pair.here.getInputStream();
      var begun = new CountDownLatch(1);
      var reading =
          CompletableFuture.supplyAsync(
              () -> {
                begun.countDown();
                try {
                  return "read " + body.read(new byte[8]);
                } catch (SocketTimeoutException e) {
                  return "late";
                } catch (IOException e) {
                  return "closed";
                }
              });
      assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
      pair.here.close();
      assertThat(reading.get(20, TimeUnit.SECONDS)).isEqualTo("closed");
    }
  }

  /** Two ends of a connection, one of which is ours. */
  private static final class Pair implements AutoCloseable {
    private final ChannelSocket here;
    private final Socket there;

    Pair(SilentReads silence) throws IOException {
      try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        here = ChannelSocket.open(silence);
        here.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), listening.getLocalPort()),
            5000);
        there = listening.accept();
      }
    }

    @Override
    public void close() throws IOException {
      here.close();
      there.close();
    }
  }
}
