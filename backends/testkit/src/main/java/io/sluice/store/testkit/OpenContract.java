package io.sluice.store.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ByteBufferReadable;
import io.sluice.store.ByteRange;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code open} owes: the bytes of that range of that version, or an error. */
abstract class OpenContract extends ContractPart {
  @ParameterizedTest
  @CsvSource({"0,8,abcdefgh", "0,1,a", "7,8,h", "3,5,de", "0,7,abcdefg", "1,8,bcdefgh"})
  void deliversExactlyTheRange(long start, long end, String expected) throws Exception {
    ObjectVersion version = stored("k", "abcdefgh");
    assertThat(text(version, start, end)).isEqualTo(expected);
  }

  @Test
  void deliversALargeObject() throws Exception {
    byte[] bytes = bytes(3 * 1024 * 1024 + 1);
    put("large", bytes);
    ObjectVersion version = store().head("large").version();
    assertThat(read(version, 0, bytes.length)).isEqualTo(bytes);
    assertThat(read(version, 131_071, 2_000_001))
        .isEqualTo(Arrays.copyOfRange(bytes, 131_071, 2_000_001));
  }

  @Test
  void deliversAnEmptyObject() throws Exception {
    ObjectVersion version = stored("empty", "");
    try (InputStream body = store().open(version, version.all())) {
      assertThat(body.read()).isEqualTo(-1);
    }
  }

  @Test
  void anEmptyRangeAsksNobody() throws Exception {
    ObjectVersion version = stored("k", "abcd");
    delete("k");
    assertThat(read(version, 0, 0)).isEmpty();
    assertThat(read(version, 4, 4)).isEmpty();
  }

  @Test
  void aBodyFollowsTheRulesOfStreams() throws Exception {
    ObjectVersion version = stored("k", "abcdef");
    try (InputStream body = store().open(version, new ByteRange(1, 4))) {
      byte[] into = "------".getBytes(UTF_8);
      assertThat(body.read(into, 0, 0)).isZero();
      assertThat(body.read()).isEqualTo('b');
      assertThat(body.readNBytes(into, 2, 4)).isEqualTo(2);
      assertThat(new String(into, UTF_8)).isEqualTo("--cd--");
      assertThat(body.read()).isEqualTo(-1);
      assertThat(body.read(into)).isEqualTo(-1);
    }
  }

  @Test
  void aBodyFillsBuffersAsItFillsArrays() throws Exception {
    byte[] bytes = bytes(1_000_003);
    put("large", bytes);
    ObjectVersion version = store().head("large").version();
    ByteBuffer into = ByteBuffer.allocateDirect(bytes.length + 8);
    try (InputStream body = store().open(version, new ByteRange(1, bytes.length))) {
      assertThat(ByteBufferReadable.read(body, into.limit(0))).isZero();
      int first = body.read();
      into.limit(4).put((byte) 7).put((byte) first);
      while (into.hasRemaining()) assertThat(ByteBufferReadable.read(body, into)).isPositive();
      into.limit(into.capacity()).put(body.readNBytes(3));
      while (ByteBufferReadable.read(body, into) > 0) {}
      assertThat(ByteBufferReadable.read(body, into)).isEqualTo(-1);
      assertThat(body.read()).isEqualTo(-1);
    }
    byte[] filled = new byte[into.flip().remaining()];
    into.get(filled);
    byte[] expected = bytes.clone();
    expected[0] = 7;
    assertThat(filled).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0,9", "7,9", "8,9", "9,10", "100,101"})
  void aRangeBeyondTheEndIsRefused(long start, long end) throws Exception {
    ObjectVersion version = stored("k", "abcdefgh");
    assertThatThrownBy(() -> read(version, start, end))
        .isInstanceOf(StoreException.RangeNotSatisfiable.class)
        .hasMessageContaining("k");
  }

  @Test
  void aReplacedObjectIsChanged() throws Exception {
    ObjectVersion old = stored("k", "aaaabbbb");
    put("k", "ccccdddd");
    assertThatThrownBy(() -> read(old, 4, 8))
        .isInstanceOf(StoreException.Changed.class)
        .hasMessageContaining("k");
    assertThat(text(store().head("k").version(), 4, 8)).isEqualTo("dddd");
  }

  @Test
  void anObjectReplacedByALongerOneIsChanged() throws Exception {
    ObjectVersion old = stored("k", "aaaa");
    put("k", "aaaabbbb");
    assertThatThrownBy(() -> read(old, 0, 4)).isInstanceOf(StoreException.Changed.class);
  }

  @Test
  void aDeletedObjectIsNotFound() throws Exception {
    ObjectVersion old = stored("k", "aaaabbbb");
    delete("k");
    assertThatThrownBy(() -> read(old, 0, 8))
        .isInstanceOf(StoreException.NotFound.class)
        .hasMessageContaining("k");
  }

  @Test
  void anObjectReplacedWhileItIsReadIsNeverMixed() throws Exception {
    byte[] before = bytes(2_000_000);
    byte[] after = new byte[2_000_000];
    put("k", before);
    ObjectVersion version = store().head("k").version();
    var got = new ByteArrayOutputStream();
    try (InputStream body = store().open(version, version.all())) {
      got.write(body.readNBytes(10));
      put("k", after);
      got.write(body.readAllBytes());
      assertThat(got.toByteArray()).isEqualTo(before);
    } catch (StoreException.Changed | StoreException.Unavailable e) {
      assertThat(got.toByteArray()).isEqualTo(Arrays.copyOf(before, got.size()));
    }
  }

  @Test
  void bodiesClosedEarlyAreGivenUp() throws Exception {
    byte[] bytes = bytes(2_000_000);
    put("k", bytes);
    ObjectVersion version = store().head("k").version();
    for (int i = 0; i < 3 * ContractBucket.CONNECTIONS; i++) {
      try (InputStream body = store().open(version, version.all())) {
        assertThat(body.read()).isEqualTo(bytes[0] & 0xff);
      }
    }
    assertThat(read(version, 1_999_999, 2_000_000)).containsExactly(bytes[1_999_999]);
  }

  @Test
  void aSecondCloseOfABodyDoesNothing() throws Exception {
    ObjectVersion version = stored("k", "abcd");
    for (int i = 0; i < 2 * ContractBucket.CONNECTIONS; i++) {
      InputStream body = store().open(version, new ByteRange(0, 4));
      body.readNBytes(i % 5);
      body.close();
      body.close();
    }
    assertThat(text(version, 0, 4)).isEqualTo("abcd");
  }

  @Test
  void manyThreadsReadAtOnce() throws Exception {
    byte[] bytes = bytes(1_000_000);
    put("k", bytes);
    ObjectVersion version = store().head("k").version();
    var reads = new ArrayList<Future<byte[]>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        int start = i * 50_000;
        reads.add(threads.submit(() -> read(version, start, start + 50_000)));
      }
      for (int i = 0; i < 20; i++) {
        assertThat(reads.get(i).get(30, TimeUnit.SECONDS))
            .isEqualTo(Arrays.copyOfRange(bytes, i * 50_000, (i + 1) * 50_000));
      }
    }
  }

  private ObjectVersion stored(String key, String text) throws Exception {
    put(key, text);
    return store().head(key).version();
  }
}
