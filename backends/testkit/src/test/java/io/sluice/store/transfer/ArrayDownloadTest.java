package io.sluice.store.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ByteRange;
import io.sluice.store.ObjectStore;
import io.sluice.store.StoreException;
import io.sluice.store.testkit.FaultyStore;
import io.sluice.store.testkit.FaultyStore.Fault;
import io.sluice.store.testkit.MemoryStore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class ArrayDownloadTest {
  private final MemoryStore memory = new MemoryStore();
  private final FaultyStore store = new FaultyStore(memory);
  private final AtomicLong progress = new AtomicLong();

  @AfterEach
  void nothingIsLeft() throws Exception {
    Leftovers.requireNone(memory);
  }

  private Download download(ObjectStore from) {
    return new Download(from, Download.Limits.USUAL, progress::addAndGet);
  }

  @Test
  void anObjectIsAnArray() throws Exception {
    memory.put("k", "abcd");
    assertThat(download(store).bytes("k", 4)).asString().isEqualTo("abcd");
    assertThat(progress).hasValue(4);
  }

  @Test
  void anObjectThatIsLargerThanAllowedIsNotFetched() {
    memory.put("k", "abcd");
    assertThatThrownBy(() -> download(store).bytes("k", 3))
        .isInstanceOf(StoreException.TooLarge.class)
        .hasMessageContaining("4 bytes");
    assertThat(store.requests()).containsExactly("HEAD k");
  }

  @Test
  void anEmptyObjectIsNotFetched() throws Exception {
    memory.put("k", "");
    assertThat(download(store).bytes("k", 0)).isEmpty();
    assertThat(store.requests()).containsExactly("HEAD k");
  }

  @Test
  void anObjectThatIsReplacedMeanwhileIsNeverMixed() {
    memory.put("k", "abcd");
    var replacing = new Hooked(memory, "GET", _ -> memory.put("k", "efgh"));
    assertThatThrownBy(() -> download(replacing).bytes("k", 9))
        .isInstanceOf(StoreException.Changed.class);
  }

  @Test
  void bytesWithAnotherSumAreRefused() {
    memory.put("k", "abcd");
    assertThatThrownBy(() -> download(new Summed(memory, new byte[4])).bytes("k", 9))
        .isInstanceOf(WrongBytesException.class)
        .hasMessageContaining("CRC-32C");
  }

  @Test
  void aSumThatIsNoneIsRefused() {
    memory.put("k", "abcd");
    assertThatThrownBy(() -> download(new Summed(memory, "AAA-2")).bytes("k", 9))
        .isInstanceOf(StoreException.Invalid.class)
        .hasMessageContaining("AAA-2");
  }

  @Test
  void aBodyThatIsTooShortIsNoObject() {
    memory.put("k", "abcd");
    store.script(new Fault.None(), new Fault.ShortBody(3));
    assertThatThrownBy(() -> download(store).bytes("k", 9))
        .hasMessageContaining("ended 1 bytes early");
  }

  @Test
  void aRangeIsHalfOpen() throws Exception {
    memory.put("k", "abcd");
    assertThat(download(store).bytes("k", new ByteRange(1, 4))).asString().isEqualTo("bcd");
    assertThat(progress).hasValue(3);
  }

  @Test
  void anEmptyRangeAsksNobody() throws Exception {
    assertThat(download(store).bytes("missing", new ByteRange(7, 7))).isEmpty();
    assertThat(store.requests()).isEmpty();
  }

  @Test
  void aRangeThatEndsBeforeItBeginsIsNone() {
    assertThatThrownBy(() -> download(store).bytes("k", new ByteRange(2, 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRangeBeyondTheEndIsNotSatisfiable() {
    memory.put("k", "abcd");
    assertThatThrownBy(() -> download(store).bytes("k", new ByteRange(2, 5)))
        .isInstanceOf(StoreException.RangeNotSatisfiable.class)
        .hasMessageContaining("2..5");
    assertThat(store.requests()).containsExactly("HEAD k");
  }

  @Test
  void aRangeThatNoArrayHoldsIsRefused() {
    assertThatThrownBy(() -> download(store).bytes("k", new ByteRange(0, 1L << 31)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
