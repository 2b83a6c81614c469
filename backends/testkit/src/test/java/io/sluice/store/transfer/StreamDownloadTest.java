package io.sluice.store.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ByteRange;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import io.sluice.store.testkit.FaultyStore;
import io.sluice.store.testkit.FaultyStore.Fault;
import io.sluice.store.testkit.MemoryStore;
import io.sluice.store.testkit.PassingStore;
import io.sluice.store.transfer.checksum.Algorithm;
import io.sluice.store.transfer.checksum.Expected;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class StreamDownloadTest {
  private static final Download.Limits TINY = new Download.Limits(3, 4);

  private final MemoryStore memory = new MemoryStore();
  private final FaultyStore store = new FaultyStore(memory);
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final AtomicLong progress = new AtomicLong();

  @AfterEach
  void nothingIsLeft() throws Exception {
    Leftovers.requireNone(memory);
  }

  private ObjectVersion fetch(ObjectStore from, OutputStream to) throws IOException {
    return new Download(from, TINY, progress::addAndGet).stream("k", to);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 5, 8, 20, 21, 999})
  void anObjectComesInOrder(int size) throws Exception {
    memory.put("k", Bytes.random(size));
    assertThat(fetch(store, out)).isEqualTo(memory.head("k").version());
    assertThat(out.toByteArray()).isEqualTo(Bytes.random(size));
    assertThat(progress).hasValue(size);
    int ranges = Ranges.staggered(memory.head("k").version(), 4, 3).number();
    assertThat(store.requests()).hasSize(1 + ranges);
  }

  @ParameterizedTest
  @CsvSource({"1, 1048576", "2, 700001", "8, 100000", "8, 8000000"})
  void aLargeObjectComesInOrder(int requests, int rangeSize) throws Exception {
    memory.put("k", Bytes.random(7_000_001));
    new Download(store, new Download.Limits(requests, rangeSize), progress::addAndGet)
        .stream("k", out);
    assertThat(out.toByteArray()).isEqualTo(Bytes.random(7_000_001));
    assertThat(progress).hasValue(7_000_001);
  }

  @Test
  void aChannelGetsAllToo() throws Exception {
    memory.put("k", Bytes.random(999));
    new Download(store, TINY, progress::addAndGet).stream("k", Channels.newChannel(out));
    assertThat(out.toByteArray()).isEqualTo(Bytes.random(999));
  }

  @Test
  void aChecksumThatCannotBeTakenIsAnErrorAndNobodyWaits() {
    memory.put("k", "abcdefgh");
    var broken = new Expected(Algorithm.MD5, "none-1", "a test", List.of(-1L));
    var download = new Download(store, TINY, _ -> Optional.of(broken), _ -> {});
    assertThatThrownBy(() -> download.stream("k", out))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("checksum");
  }

  @Test
  void theFrontIsHandedOnWhileItStillArrives() throws Exception {
    memory.put("k", "abcdefgh");
    var handedOn = new CountDownLatch(1);
    var slow =
        new PassingStore(memory) {
          @Override
          public InputStream open(ObjectVersion version, ByteRange range) throws StoreException {
            return new Slow(super.open(version, range), handedOn);
          }
        };
    var announcing =
        new OutputStream() {
          @Override
          public void write(int one) {
            out.write(one);
            handedOn.countDown();
          }
        };
    fetch(slow, announcing);
    assertThat(out).hasToString("abcdefgh");
  }

  /** Gives one byte, and the next when that was handed on. */
  private static final class Slow extends FilterInputStream {
    private final CountDownLatch handedOn;
    private boolean begun;

    Slow(InputStream body, CountDownLatch handedOn) {
      super(body);
      this.handedOn = handedOn;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        if (begun && !handedOn.await(20, TimeUnit.SECONDS))
          throw new IOException("nothing is handed on");
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      begun = true;
      return super.read(into, offset, 1);
    }
  }

  /** The first range comes when all that may be asked for was asked for. */
  @Test
  void noMoreIsFetchedThanThereAreSlotsFor() throws Exception {
    memory.put("k", Bytes.random(400));
    var ranges = Ranges.staggered(memory.head("k").version(), 4, 3);
    long fifthStart = ranges.get(4).start();
    var furthest = new AtomicLong();
    var fifth = new CountDownLatch(1);
    var counting =
        new Hooked(
            memory,
            "GET k ",
            request -> {
              long start = Long.parseLong(request.substring(6, request.indexOf('.')));
              furthest.accumulateAndGet(start - progress.get(), Math::max);
              if (start == fifthStart) fifth.countDown();
              if (start > fifthStart && progress.get() == 0) throw new IOException("too far");
              if (start == 0 && !fifth.await(20, TimeUnit.SECONDS))
                throw new IOException("connections idle: slots are empty");
            });
    fetch(counting, out);
    // Five slots: while the first is written, the fifth may be filled, and the sixth may not.
    assertThat(furthest.get()).isLessThanOrEqualTo(4 * 4);
  }

  @Test
  void anOutputThatBreaksStopsEverything() {
    memory.put("k", Bytes.random(999));
    var broken = new IOException("Broken pipe");
    var pipe =
        new OutputStream() {
          @Override
          public void write(int one) throws IOException {
            throw broken;
          }
        };
    assertThatThrownBy(() -> fetch(store, pipe)).isSameAs(broken);
    assertThat(store.requests().size()).isLessThan(10);
    assertThat(progress).hasValue(0);
  }

  @Test
  void theErrorOfTheStoreIsTheOneThatIsThrown() {
    memory.put("k", Bytes.random(999));
    var denied = new StoreException.Denied("not you", null);
    store.script(new Fault.None(), new Fault.None(), new Fault.Refused(denied));
    assertThatThrownBy(() -> fetch(store, out)).isSameAs(denied);
    assertThat(progress).hasValue(out.size());
  }

  @Test
  void aBodyThatIsTooShortIsAnError() {
    memory.put("k", Bytes.random(999));
    // The first ranges are of one byte.
    for (int i = 0; i < 8; i++) store.script(new Fault.None());
    store.script(new Fault.ShortBody(1));
    assertThatThrownBy(() -> fetch(store, out)).hasMessageContaining("bytes early");
  }

  @Test
  void anObjectThatIsReplacedMeanwhileIsNeverMixed() {
    byte[] before = Bytes.random(999);
    var hundredth = Ranges.staggered(memory.put("k", before).version(), 4, 3).get(100);
    var replacing =
        new Hooked(memory, "GET k " + hundredth, _ -> memory.put("k", Bytes.random(998)));
    assertThatThrownBy(() -> fetch(replacing, out)).isInstanceOf(StoreException.Changed.class);
    assertThat(before).startsWith(out.toByteArray());
  }

  @Test
  void whoeverIsInterruptedLeavesNothing() {
    memory.put("k", Bytes.random(999));
    Thread caller = Thread.currentThread();
    var never = new CountDownLatch(1);
    var interrupting =
        new Hooked(
            memory,
            "GET k 0",
            _ -> {
              caller.interrupt();
              never.await();
            });
    assertThatThrownBy(() -> fetch(interrupting, out)).isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void bytesWithTheRightSumPass() throws Exception {
    memory.put("k", Bytes.random(99));
    fetch(new Summed(memory, Bytes.random(99)), out);
    assertThat(out.size()).isEqualTo(99);
  }

  @Test
  void bytesWithAnotherSumAreAnError() {
    memory.put("k", Bytes.random(99));
    assertThatThrownBy(() -> fetch(new Summed(memory, Bytes.random(98)), out))
        .isInstanceOf(WrongBytesException.class)
        .hasMessageContaining("CRC-32C");
  }

  @Test
  void theMemoryOfAStreamIsKnown() {
    assertThat(TINY.streamMemory()).isEqualTo(20);
    assertThat(Download.Limits.USUAL.streamMemory()).isEqualTo(320L << 20);
  }
}
