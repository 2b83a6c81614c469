package io.sluice.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.testkit.FaultyStore;
import io.sluice.store.testkit.FaultyStore.Fault;
import io.sluice.store.testkit.MemoryStore;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Buffers are filled by every body, and what stands between hands them down. */
final class ByteBufferReadableTest {
  private static final Retry QUICK =
      new Retry(3, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofSeconds(20));

  private final MemoryStore bucket = new MemoryStore();

  /** A body that notes which buffer it was given. */
  private static final class Noting extends FilterInputStream implements ByteBufferReadable {
    private ByteBuffer last = ByteBuffer.allocate(0);

    Noting(InputStream body) {
      super(body);
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      last = into;
      byte[] bytes = in.readNBytes(into.remaining());
      if (bytes.length == 0) return -1;
      into.put(bytes);
      return bytes.length;
    }
  }

  private static String text(ByteBuffer filled) {
    return UTF_8.decode(filled.duplicate().flip()).toString();
  }

  @Test
  void aBodyThatOnlyKnowsArraysFillsWhatRemains() throws Exception {
    for (ByteBuffer into :
        new ByteBuffer[] {ByteBuffer.allocate(8), ByteBuffer.allocateDirect(8)}) {
      var body = new ByteArrayInputStream("abcdefgh".getBytes(UTF_8));
      into.put((byte) '-').limit(5);
      assertThat(ByteBufferReadable.read(body, into)).isEqualTo(4);
      assertThat(ByteBufferReadable.read(body, into)).isZero();
      assertThat(text(into)).isEqualTo("-abcd");
      assertThat(ByteBufferReadable.read(body, into.limit(8))).isEqualTo(3);
      assertThat(ByteBufferReadable.read(body, into.clear())).isEqualTo(1);
      assertThat(ByteBufferReadable.read(body, into)).isEqualTo(-1);
      assertThat(text(into)).isEqualTo("h");
    }
  }

  @Test
  void aSliceOfAnArrayIsFilledWhereItIs() throws Exception {
    byte[] array = "--------".getBytes(UTF_8);
    ByteBuffer slice = ByteBuffer.wrap(array, 2, 4).slice().position(1);
    ByteBufferReadable.read(new ByteArrayInputStream("abcdefgh".getBytes(UTF_8)), slice);
    assertThat(new String(array, UTF_8)).isEqualTo("---abc--");
  }

  @Test
  void decoratorsHandTheBufferItselfDown() throws Exception {
    ObjectVersion version = bucket.put("k", "abcdefgh").version();
    var noted = new Noting[1];
    var noting =
        new StoreDecorator(bucket) {
          @Override
          protected <T> T send(Request request, Sending<T> sending) throws StoreException {
            return sending.now();
          }

          @Override
          public InputStream open(ObjectVersion of, ByteRange range) throws StoreException {
            noted[0] = new Noting(inner.open(of, range));
            return noted[0];
          }
        };
    var counting = new CountingStore(noting);
    var limited = new LimitedStore(counting, 1, Duration.ofSeconds(1));
    var store = new ResumingStore(limited, QUICK, new FakeWaiting());
    ByteBuffer into = ByteBuffer.allocateDirect(5);
    try (InputStream body = store.open(version, version.all())) {
      assertThat(ByteBufferReadable.read(body, into)).isEqualTo(5);
      assertThat(noted[0].last).isSameAs(into);
    }
    assertThat(text(into)).isEqualTo("abcde");
    assertThat(counting.counts().bytes()).isEqualTo(5);
  }

  @Test
  void aBodyThatBreaksGoesOnBehindWhatTheBufferHas() throws Exception {
    ObjectVersion version = bucket.put("k", "abcdefgh").version();
    var faulty = new FaultyStore(bucket);
    var store = new ResumingStore(faulty, QUICK, new FakeWaiting());
    var reset = new StoreException.Unavailable("reset", null);
    faulty.script(new Fault.BrokenBody(3, reset), new Fault.ShortBody(2));
    ByteBuffer into = ByteBuffer.allocateDirect(16);
    try (InputStream body = store.open(version, new ByteRange(0, 7))) {
      while (ByteBufferReadable.read(body, into) > 0) {}
      assertThat(into.limit()).isEqualTo(16);
    }
    assertThat(text(into)).isEqualTo("abcdefg");
    assertThat(faulty.requests()).containsExactly("GET k 0..7", "GET k 3..7", "GET k 5..7");
  }

  @Test
  void aClosedBodyFillsNothing() throws Exception {
    ObjectVersion version = bucket.put("k", "abcd").version();
    InputStream body =
        new ResumingStore(bucket, QUICK, new FakeWaiting()).open(version, version.all());
    body.close();
    ByteBuffer into = ByteBuffer.allocateDirect(4);
    assertThatThrownBy(() -> ByteBufferReadable.read(body, into)).isInstanceOf(IOException.class);
    assertThat(into.position()).isZero();
  }
}
