package io.sluice.launcher.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.launcher.bucket.BucketAddress;
import io.sluice.launcher.bucket.OpenBucket;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import io.sluice.store.ByteRange;
import io.sluice.store.ContentHeader;
import io.sluice.store.CountingStore;
import io.sluice.store.ObjectAttributes;
import io.sluice.store.ObjectDetails;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.PutOptions;
import io.sluice.store.StoreException;
import io.sluice.store.StoredCrc32c;
import io.sluice.store.testkit.MemoryStore;
import io.sluice.store.testkit.PassingStore;
import java.io.InputStream;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes go from one store through memory to another. */
@Timeout(60)
final class PassingThroughTest {
  private static final long HEAP = 96 << 20;

  private final MemoryStore source = new MemoryStore();
  private final MemoryStore target = new MemoryStore();
  private final AtomicLong progress = new AtomicLong();
  private final PassingThrough passing = new PassingThrough(HEAP, 4);

  private static OpenBucket bucket(String name, ObjectStore store) {
    return new OpenBucket(BucketAddress.parse("s3://" + name), new CountingStore(store), store);
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  private void copy(ObjectStore from, ObjectDetails object, PutOptions options) throws Exception {
    passing.copy(
        bucket("from", from), object, bucket("to", target), "copy", options, progress::addAndGet);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8 << 20, (8 << 20) + 1, 30_000_001})
  void theCopyHasTheSameBytesAndWhatIsKeptWithThem(int size) throws Exception {
    byte[] bytes = bytes(size);
    source.put("k", bytes);
    var attributes =
        ObjectAttributes.NONE.with(ContentHeader.CONTENT_TYPE, "model/x").withMetadata("a", "b");
    copy(source, source.describe("k"), PutOptions.ANY.with(attributes));
    ObjectVersion copy = target.head("copy").version();
    try (InputStream body = target.open(copy, copy.all())) {
      assertThat(body.readAllBytes()).isEqualTo(bytes);
    }
    assertThat(target.describe("copy").attributes().metadata()).containsEntry("a", "b");
    assertThat(progress).hasValue(size);
    assertThat(target.uploads().pending("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 20_000_000})
  void anotherVersionIsNotTakenForTheOneThatWasSeen(int size) throws Exception {
    source.put("k", bytes(size));
    ObjectDetails seen = source.describe("k");
    source.put("k", bytes(size + 1));
    assertThatThrownBy(() -> copy(source, seen, PutOptions.ANY))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.code()).isEqualTo(ExitCode.CHANGED));
    assertThatThrownBy(() -> target.head("copy")).isInstanceOf(StoreException.NotFound.class);
    assertThat(target.uploads().pending("")).isEmpty();
  }

  @Test
  void bytesThatAreNotThoseOfTheChecksumAreNotWritten() throws Exception {
    source.put("k", bytes(1000));
    ObjectDetails object = source.describe("k");
    var other = Map.of("crc32c", StoredCrc32c.encoded(1));
    var wrong = new ObjectDetails(object.meta(), object.attributes(), other, Map.of());
    assertThatThrownBy(() -> copy(source, wrong, PutOptions.ANY))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.code()).isEqualTo(ExitCode.DAMAGED));
    assertThatThrownBy(() -> target.head("copy")).isInstanceOf(StoreException.NotFound.class);
  }

  @Test
  void aSourceThatBreaksOffLeavesNothingAndIsTheOneThatIsNamed() throws Exception {
    source.put("k", bytes(20_000_000));
    var broken =
        new PassingStore(source) {
          @Override
          public InputStream open(ObjectVersion version, ByteRange range) throws StoreException {
            if (range.start() > 10_000_000) throw new StoreException.Denied("no more of k", null);
            return super.open(version, range);
          }
        };
    assertThatThrownBy(() -> copy(broken, source.describe("k"), PutOptions.ANY))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("no more of k")
        .hasMessageContaining("s3://from");
    assertThatThrownBy(() -> target.head("copy")).isInstanceOf(StoreException.NotFound.class);
    assertThat(target.uploads().pending("")).isEmpty();
  }

  @Test
  void aTargetThatRefusesIsTheOneThatIsNamed() throws Exception {
    source.put("k", bytes(20_000_000));
    target.put("copy", bytes(3));
    assertThatThrownBy(() -> copy(source, source.describe("k"), PutOptions.IF_ABSENT))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.code()).isEqualTo(ExitCode.CHANGED));
    assertThat(target.head("copy").size()).isEqualTo(3);
    assertThat(target.uploads().pending("")).isEmpty();
  }
}
