package io.sluice.launcher.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.launcher.bucket.BucketAddress;
import io.sluice.launcher.bucket.OpenBucket;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.Stopping;
import io.sluice.store.CountingStore;
import io.sluice.store.PutOptions;
import io.sluice.store.testkit.FaultyStore;
import io.sluice.store.testkit.MemoryStore;
import io.sluice.store.transfer.PartSizes;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of a store when something is copied. */
@Timeout(60)
final class CopyWorkTest {
  @TempDir private Path directory;

  private final MemoryStore bucket = new MemoryStore();
  private final FaultyStore store = new FaultyStore(bucket);
  private final OpenBucket open =
      new OpenBucket(BucketAddress.parse("s3://b"), new CountingStore(store), store);

  private CopyWork work(PutOptions options) {
    var orders = new CopyWork.CopyOrders(options, 1, PartSizes.USUAL);
    return new CopyWork(orders, _ -> {}, _ -> {}, Stopping.NEVER);
  }

  private Path file(long size) throws Exception {
    Path path = directory.resolve("file");
    try (var file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(size);
    }
    return path;
  }

  @Test
  void nothingLargeIsSentToWhereItWouldBeLeftAlone() throws Exception {
    bucket.put("k", new byte[1]);
    Path file = file(PassingThrough.SMALL + 1);
    assertThatThrownBy(() -> work(PutOptions.IF_ABSENT).upload(file, open, "k"))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.code()).isEqualTo(ExitCode.CHANGED));
    assertThat(store.requests()).containsExactly("HEAD k");
  }

  @Test
  void theConditionDecidesWhereNothingIsKnown() throws Exception {
    work(PutOptions.IF_ABSENT).upload(file(PassingThrough.SMALL + 1), open, "k");
    assertThat(store.requests()).containsExactly("HEAD k", "PUT k");
    assertThat(bucket.head("k").size()).isEqualTo(PassingThrough.SMALL + 1);
  }
}
