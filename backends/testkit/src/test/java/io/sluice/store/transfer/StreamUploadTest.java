package io.sluice.store.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.MultipartUploads;
import io.sluice.store.ObjectAttributes;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Part;
import io.sluice.store.Payload;
import io.sluice.store.PendingUpload;
import io.sluice.store.Precondition;
import io.sluice.store.PutOptions;
import io.sluice.store.StoreException;
import io.sluice.store.UploadId;
import io.sluice.store.testkit.FaultyStore;
import io.sluice.store.testkit.MemoryStore;
import io.sluice.store.testkit.PassingStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class StreamUploadTest {
  private static final int MIB = 1 << 20;
  private static final int PART = 5 * MIB;
  private static final PartSizes SIZES = new PartSizes(PART, PART);

  private final MemoryStore memory = new MemoryStore();
  private final FaultyStore store = new FaultyStore(memory);
  private final AtomicLong progress = new AtomicLong();

  @AfterEach
  void nothingIsLeft() throws Exception {
    Leftovers.requireNone(memory);
  }

  private static InputStream bytes(int length) {
    return new ByteArrayInputStream(Bytes.random(length));
  }

  private ObjectVersion send(ObjectStore to, InputStream in, int parts) throws IOException {
    var limits = new Upload.Limits(parts, SIZES, (long) parts * PART, 64 * MIB);
    return new Upload(to, limits, progress::addAndGet).stream(in, "k", PutOptions.ANY);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 0",
    "5242879, 0",
    "5242880, 0",
    "5242881, 2",
    "10485760, 2",
    "26214417, 6"
  })
  void aStreamBecomesAnObjectInAsManyPartsAsItNeeds(int length, int parts) throws Exception {
    assertThat(send(store, bytes(length), 2)).isEqualTo(memory.head("k").version());
    assertThat(Bytes.of(memory, "k")).isEqualTo(Bytes.random(length));
    assertThat(progress).hasValue(length);
    assertThat(store.requests())
        .filteredOn(request -> request.startsWith("PUT_PART"))
        .hasSize(parts);
    if (parts == 0) assertThat(store.requests()).containsExactly("PUT k");
  }

  @Test
  void memoryForOnePartIsEnough() throws Exception {
    send(store, bytes(3 * PART + 1), 1);
    assertThat(Bytes.of(memory, "k")).isEqualTo(Bytes.random(3 * PART + 1));
  }

  @Test
  void partsGoUpWhileTheInputStillArrives() throws Exception {
    var firstPart = new CountDownLatch(1);
    var announcing = new Hooked(memory, "PUT_PART", _ -> firstPart.countDown());
    var in =
        new Input(
            2 * PART,
            offset -> {
              try {
                if (offset > PART && !firstPart.await(20, TimeUnit.SECONDS))
                  throw new IOException("no part has gone up");
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
            });
    send(announcing, in, 2);
    assertThat(progress).hasValue(2 * PART);
  }

  /** Parts are held back until the reader waits, so a reader that never waits is found out. */
  @Test
  void noMoreIsReadThanThereIsMemoryFor() throws Exception {
    Thread reader = Thread.currentThread();
    var ended = new AtomicBoolean();
    var sent = new AtomicLong();
    var most = new AtomicLong();
    var slow =
        new Hooked(
            memory,
            "PUT_PART",
            _ -> {
              long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
              while (!ended.get() && reader.getState() != Thread.State.WAITING)
                if (System.nanoTime() > end) throw new IOException("the reader never waits");
                else Thread.onSpinWait();
            });
    var in =
        new Input(
            8 * PART,
            offset -> {
              most.accumulateAndGet(offset - sent.get(), Math::max);
              if (offset == 8 * PART) ended.set(true);
            });
    var limits = new Upload.Limits(8, SIZES, 3 * PART, 0);
    new Upload(slow, limits, sent::addAndGet).stream(in, "k", PutOptions.ANY);
    assertThat(most.get()).isGreaterThan(2 * PART).isLessThanOrEqualTo(3 * PART + 1);
    assertThat(sent).hasValue(8 * PART);
  }

  @Test
  void anInputThatFailsLeavesNothing() throws Exception {
    var error = new IOException("the pipe broke");
    var in =
        new Input(
            4 * PART,
            offset -> {
              if (offset > 2 * PART) throw error;
            });
    assertThatThrownBy(() -> send(store, in, 2)).isSameAs(error);
    assertThatThrownBy(() -> memory.head("k")).isInstanceOf(StoreException.NotFound.class);
  }

  @Test
  void aStoreThatFailsEndsAnEndlessInput() throws Exception {
    var denied = new StoreException.Denied("not you", null);
    var refusing = Hooked.refusing(memory, "PUT_PART", denied);
    assertThatThrownBy(() -> send(refusing, new Input(Long.MAX_VALUE), 2)).isSameAs(denied);
  }

  /** The other end of a pipe may have nothing to say for hours. */
  @Test
  void aStoreThatFailsEndsAnInputThatIsSilent() throws Exception {
    var denied = new StoreException.Denied("not you", null);
    var refusing = Hooked.refusing(memory, "PUT_PART", denied);
    var never = new CountDownLatch(1);
    var silent =
        new Input(
            4 * PART,
            offset -> {
              try {
                if (offset > PART) never.await();
              } catch (InterruptedException e) {
                throw (IOException) new InterruptedIOException().initCause(e);
              }
            });
    assertThatThrownBy(() -> send(refusing, silent, 2)).isSameAs(denied);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void whoeverIsInterruptedLeavesNothing() throws Exception {
    Thread caller = Thread.currentThread();
    var never = new CountDownLatch(1);
    var interrupting =
        new Hooked(
            memory,
            "PUT_PART",
            _ -> {
              caller.interrupt();
              never.await();
            });
    assertThatThrownBy(() -> send(interrupting, new Input(Long.MAX_VALUE), 2))
        .isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aStreamThatIsTooLongForItsMemorySaysSo() throws Exception {
    var discarding = new Discarding(memory);
    assertThatThrownBy(() -> send(discarding, new Input(Long.MAX_VALUE), 2))
        .isInstanceOf(StoreException.TooLarge.class)
        .hasMessageContaining("52428800000 bytes")
        .hasMessageContaining("more memory");
    assertThat(discarding.aborted.get()).isTrue();
    assertThat(discarding.parts.get()).isBetween(Part.MOST - 2, Part.MOST); // two may wait
  }

  @Test
  void aStreamOfAllTenThousandPartsIsNotTooLong() throws Exception {
    var discarding = new Discarding(memory);
    assertThat(send(discarding, new Input((long) Part.MOST * PART), 2).size())
        .isEqualTo((long) Part.MOST * PART);
  }

  @Test
  void memoryThatDoesNotHoldAPartIsRefused() {
    assertThatThrownBy(() -> new Upload.Limits(1, PartSizes.USUAL, 16 * MIB - 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("do not hold one part");
  }

  /** Zeros that cost nothing. */
  private static final class Input extends InputStream {
    /** What happens before bytes from an offset on are given. */
    interface Before {
      void at(long offset) throws IOException;
    }

    private final long length;
    private final Before before;
    private long offset;

    Input(long length, Before before) {
      this.length = length;
      this.before = before;
    }

    Input(long length) {
      this(length, _ -> {});
    }

    @Override
    public int read() throws IOException {
      before.at(offset);
      if (offset == length) return -1;
      offset++;
      return 0;
    }

    @Override
    public int read(byte[] into, int from, int count) throws IOException {
      before.at(offset);
      if (offset == length) return -1;
      int given = (int) Math.min(Math.min(count, MIB), length - offset);
      offset += given;
      return given;
    }
  }

  /** Takes parts and keeps nothing but their number. */
  private static final class Discarding extends PassingStore implements MultipartUploads {
    final AtomicInteger parts = new AtomicInteger();
    final AtomicBoolean aborted = new AtomicBoolean();

    Discarding(ObjectStore inner) {
      super(inner);
    }

    @Override
    public MultipartUploads uploads() {
      return this;
    }

    @Override
    public UploadId create(String key, ObjectAttributes attributes) {
      return new UploadId(key, "1");
    }

    @Override
    public Part put(UploadId upload, int number, Payload body) {
      parts.incrementAndGet();
      return new Part(number, "t", body.length(), Optional.empty());
    }

    @Override
    public List<Part> parts(UploadId upload) {
      return List.of();
    }

    @Override
    public ObjectVersion complete(UploadId upload, List<Part> all, Precondition precondition) {
      return new ObjectVersion(upload.key(), "t", all.stream().mapToLong(Part::size).sum());
    }

    @Override
    public void abort(UploadId upload) {
      aborted.set(true);
    }

    @Override
    public List<PendingUpload> pending(String prefix) {
      return List.of();
    }
  }
}
