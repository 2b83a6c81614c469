package io.sluice.launcher.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ByteBufferReadable;
import io.sluice.store.ByteRange;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import io.sluice.store.testkit.FaultyStore;
import io.sluice.store.testkit.MemoryStore;
import io.sluice.store.testkit.PassingStore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How busy a store was, by a clock that stands still until it is moved. */
final class LoadMeterTest {
  private final AtomicLong clock = new AtomicLong();
  private final MemoryStore memory = new MemoryStore();
  private final FaultyStore faulty = new FaultyStore(memory);
  private final LoadMeter meter = new LoadMeter(faulty, clock::get);
  private final ObjectVersion version = memory.put("k", "text").version();

  @Test
  void timeIsCountedWhileAnythingIsUnderWay() throws Exception {
    clock.addAndGet(100);
    try (InputStream _ = meter.open(version, version.all())) {
      clock.addAndGet(10);
      try (InputStream _ = meter.open(version, version.all())) {
        clock.addAndGet(5);
      }
      assertThat(meter.figures()).isEqualTo(new LoadMeter.Figures(15, 20, 0, 0));
    }
    clock.addAndGet(1000);
    assertThat(meter.figures()).isEqualTo(new LoadMeter.Figures(15, 20, 0, 0));
  }

  @Test
  void aBodyThatIsClosedTwiceIsOverOnce() throws Exception {
    InputStream body = meter.open(version, version.all());
    body.close();
    body.close();
    try (InputStream _ = meter.open(version, version.all())) {
      clock.addAndGet(3);
    }
    assertThat(meter.figures().getNanos()).isEqualTo(3);
  }

  @Test
  void whatIsTriedAgainIsCounted() throws Exception {
    faulty.script(
        new FaultyStore.Fault.Refused(new StoreException.Throttled("slow down", null)),
        new FaultyStore.Fault.Refused(new StoreException.Denied("no", null)),
        new FaultyStore.Fault.Refused(new StoreException.Unavailable("down", null)),
        new FaultyStore.Fault.BrokenBody(2, new StoreException.Unavailable("broken", null)));
    assertThatThrownBy(() -> meter.head("k")).isInstanceOf(StoreException.Throttled.class);
    assertThatThrownBy(() -> meter.head("k")).isInstanceOf(StoreException.Denied.class);
    assertThatThrownBy(() -> meter.open(version, version.all()).close())
        .isInstanceOf(StoreException.Unavailable.class);
    try (InputStream body = meter.open(version, version.all())) {
      assertThatThrownBy(body::readAllBytes).isInstanceOf(StoreException.Unavailable.class);
    }
    clock.addAndGet(50);
    assertThat(meter.figures()).isEqualTo(new LoadMeter.Figures(0, 0, 1, 3));
  }

  @Test
  void bytesThatCanLandInABufferDoSoThroughAllThatABucketIsWrappedIn() throws Exception {
    var landed = new AtomicLong();
    var landing =
        new PassingStore(memory) {
          @Override
          public InputStream open(ObjectVersion of, ByteRange range) throws StoreException {
            return new LandingBody(super.open(of, range), landed);
          }
        };
    var opened = BucketConnection.Opened.of(landing, 4);
    ByteBuffer into = ByteBuffer.allocateDirect(4);
    try (InputStream body = opened.store().open(version, version.all())) {
      while (into.hasRemaining()) assertThat(ByteBufferReadable.read(body, into)).isPositive();
    }
    assertThat(UTF_8.decode(into.flip()).toString()).isEqualTo("text");
    assertThat(landed.get()).isEqualTo(4);
    assertThat(opened.counted().counts().bytes()).isEqualTo(4);
  }

  @Test
  void aBodyThatBreaksWhileItLandsIsCounted() throws Exception {
    faulty.script(
        new FaultyStore.Fault.BrokenBody(2, new StoreException.Unavailable("broken", null)));
    ByteBuffer into = ByteBuffer.allocateDirect(4);
    try (InputStream body = meter.open(version, version.all())) {
      assertThatThrownBy(
              () -> {
                while (into.hasRemaining()) ByteBufferReadable.read(body, into);
              })
          .isInstanceOf(StoreException.Unavailable.class);
    }
    assertThat(meter.figures().retries()).isEqualTo(1);
  }

  /** As a backend's body over a plain connection. */
  private static final class LandingBody extends FilterInputStream implements ByteBufferReadable {
    private final AtomicLong landed;

    LandingBody(InputStream body, AtomicLong landed) {
      super(body);
      this.landed = landed;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      int count = ByteBufferReadable.read(in, into);
      landed.addAndGet(count);
      return count;
    }
  }
}
