package io.sluice.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ListRequest;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Payload;
import io.sluice.store.PutOptions;
import io.sluice.store.ResumingStore;
import io.sluice.store.Retry;
import io.sluice.store.StoreException;
import io.sluice.store.transfer.Download;
import io.sluice.store.transfer.PartSizes;
import io.sluice.store.transfer.Upload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole objects up and down again, over a real server: complete, or nothing left behind. */
final class MinioTransfersTest {
  private static final int MIB = 1 << 20;
  private static final Upload.Limits PARTS =
      new Upload.Limits(4, new PartSizes(5 * MIB, 5 * MIB), 20 * MIB, 8 * MIB);

  @TempDir Path directory;
  private MinioServer server;
  private ObjectStore store;
  private final AtomicLong progress = new AtomicLong();

  @BeforeEach
  void start() throws Exception {
    server = MinioServer.start(directory);
    S3Settings settings = server.newBucket(8).withIntegrity(Integrity.CRC32C);
    store = new ResumingStore(S3Store.open(settings), Retry.USUAL, Retry.Waiting.REAL);
  }

  @AfterEach
  void stop() {
    store.close();
    server.close();
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private Upload upload() {
    return new Upload(store, PARTS, progress::addAndGet);
  }

  private void requireNothingPending() throws Exception {
    assertThat(store.uploads().pending("")).isEmpty();
  }

  @Test
  void aFileGoesUpInPartsAndComesDownTheSame() throws Exception {
    byte[] bytes = bytes(80 * MIB);
    Path file = Files.write(directory.resolve("up"), bytes);
    ObjectVersion version = upload().file(file, "a/model.bin", PutOptions.IF_ABSENT);
    assertThat(version.size()).isEqualTo(bytes.length);
    assertThat(progress).hasValue(bytes.length);
    Path down = directory.resolve("down");
    new Download(store, new Download.Limits(4, 16 * MIB), _ -> {}).file("a/model.bin", down);
    assertThat(Files.mismatch(file, down)).isEqualTo(-1);
    var out = new ByteArrayOutputStream();
    new Download(store, new Download.Limits(4, 8 * MIB), _ -> {}).stream("a/model.bin", out);
    assertThat(out.toByteArray()).isEqualTo(bytes);
    requireNothingPending();
  }

  @Test
  void aStreamGoesUpInPartsAndItsEndIsNoEmptyPart() throws Exception {
    byte[] bytes = bytes(15 * MIB); // three parts exactly
    ObjectVersion version = upload().stream(new ByteArrayInputStream(bytes), "k", PutOptions.ANY);
    assertThat(version.tag()).isEqualTo(Etag.of(Payload.of(bytes), 5 * MIB)).endsWith("-3");
    requireNothingPending();
  }

  @Test
  void anInputThatBreaksLeavesNoObjectAndNoUpload() throws Exception {
    var torn =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the tape is torn");
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            return read();
          }
        };
    var input = new SequenceInputStream(new ByteArrayInputStream(bytes(12 * MIB)), torn);
    assertThatThrownBy(() -> upload().stream(input, "k", PutOptions.ANY))
        .hasMessageContaining("the tape is torn");
    assertThat(store.list(ListRequest.everything("")).objects()).isEmpty();
    requireNothingPending();
  }

  @Test
  void aConditionThatDoesNotHoldLeavesWhatIsThereAndNoUpload() throws Exception {
    ObjectVersion there = store.put("k", Payload.of(bytes(10)), PutOptions.ANY);
    var input = new ByteArrayInputStream(bytes(12 * MIB));
    assertThatThrownBy(() -> upload().stream(input, "k", PutOptions.IF_ABSENT))
        .isInstanceOf(StoreException.Changed.class);
    assertThat(store.head("k").version()).isEqualTo(there);
    requireNothingPending();
  }

  @Test
  void aCopyUnderAConditionGoesInPartsAndLeavesNoUpload() throws Exception {
    byte[] bytes = bytes(12 * MIB);
    ObjectVersion from = store.put("from", Payload.of(bytes), PutOptions.ANY);
    ObjectVersion to = store.copy(from, "to", PutOptions.IF_ABSENT);
    try (InputStream in = store.open(to, to.all())) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
    }
    requireNothingPending();
  }
}
