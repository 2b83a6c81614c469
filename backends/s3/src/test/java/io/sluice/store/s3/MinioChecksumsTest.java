package io.sluice.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ObjectAttributes;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Part;
import io.sluice.store.Payload;
import io.sluice.store.Precondition;
import io.sluice.store.PutOptions;
import io.sluice.store.StoreException;
import io.sluice.store.StoredCrc32c;
import io.sluice.store.UploadId;
import io.sluice.store.transfer.SumsOfParts;
import io.sluice.store.transfer.checksum.Expected;
import io.sluice.store.transfer.checksum.Sum;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that checks what it gets: bytes that changed on their way are not kept. */
final class MinioChecksumsTest {
  private static final int PART = 5 << 20;

  @TempDir Path directory;
  private MinioServer server;
  private S3Store md5;
  private S3Store crc;

  @BeforeEach
  void start() throws Exception {
    server = MinioServer.start(directory);
    S3Settings settings = server.newBucket(4);
    md5 = S3Store.open(settings);
    crc = S3Store.open(settings.withIntegrity(Integrity.CRC32C));
  }

  @AfterEach
  void stop() {
    crc.close();
    md5.close();
    server.close();
  }

  private static String crcOf(byte[] bytes) {
    var crc = new CRC32C();
    crc.update(bytes);
    return StoredCrc32c.encoded((int) crc.getValue());
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @Test
  void theCrcIsKeptWithTheObject() throws Exception {
    crc.put("k", Payload.of(bytes(1000)), PutOptions.ANY);
    assertThat(crc.describe("k").checksums()).containsEntry("crc32c", crcOf(bytes(1000)));
  }

  @Test
  void anObjectOfPartsHasTheCrcOfAllItsBytes() throws Exception {
    byte[] bytes = bytes(2 * PART + 77);
    UploadId upload = crc.uploads().create("k", ObjectAttributes.NONE);
    for (int i = 0; i < 3; i++) {
      byte[] part = Arrays.copyOfRange(bytes, i * PART, Math.min(bytes.length, (i + 1) * PART));
      crc.uploads().put(upload, i + 1, Payload.of(part));
    }
    List<Part> parts = crc.uploads().parts(upload);
    assertThat(parts).allSatisfy(part -> assertThat(part.crc32c()).isPresent());
    ObjectVersion made = crc.uploads().complete(upload, parts, Precondition.NONE);
    assertThat(crc.describe("k").checksums()).containsEntry("crc32c", crcOf(bytes));
    try (InputStream in = crc.open(made, made.all())) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
    }
  }

  /** What a client of old has uploaded: the ETag is the MD5 of the parts' MD5s. */
  @Test
  void anObjectOfPartsOfAnySizesIsComparedWithThem() throws Exception {
    byte[] bytes = bytes(2 * PART + 1077);
    UploadId upload = md5.uploads().create("k", ObjectAttributes.NONE);
    int[] ends = {0, PART, 2 * PART + 1000, bytes.length};
    for (int i = 0; i < 3; i++)
      md5.uploads().put(upload, i + 1, Payload.of(Arrays.copyOfRange(bytes, ends[i], ends[i + 1])));
    ObjectVersion made =
        md5.uploads().complete(upload, md5.uploads().parts(upload), Precondition.NONE);
    assertThat(md5.partSizes(made)).containsExactly((long) PART, PART + 1000L, 77L);
    Expected expected = new SumsOfParts(md5).of(md5.describe("k")).orElseThrow();
    assertThat(expected.text()).isEqualTo(made.tag()).endsWith("-3");
    Sum sum = expected.begin();
    sum.add(bytes, 0, bytes.length);
    assertThat(expected.is(sum.value())).isTrue();
  }

  @Test
  void anObjectOfOnePieceHasNoParts() throws Exception {
    ObjectVersion made = md5.put("k", Payload.of(bytes(1000)), PutOptions.ANY);
    assertThat(md5.partSizes(made)).isEmpty();
    assertThat(new SumsOfParts(md5).of(md5.describe("k"))).isEmpty();
    assertThat(md5.describe("k").checksums()).containsKey("md5");
  }

  /** Gives other bytes when it is sent than when its checksum was taken. */
  private static Payload flipping() {
    var opened = new AtomicInteger();
    return new Payload() {
      @Override
      public long length() {
        return 1000;
      }

      @Override
      public InputStream open() {
        byte[] bytes = bytes(1000);
        if (opened.getAndIncrement() > 0) bytes[500] ^= 1;
        return new ByteArrayInputStream(bytes);
      }
    };
  }

  @Test
  void aFlippedBitIsRefusedAndNothingIsKept() {
    for (S3Store store : List.of(md5, crc)) {
      assertThatThrownBy(() -> store.put("k", flipping(), PutOptions.ANY))
          .isInstanceOf(StoreException.Unavailable.class);
      assertThatThrownBy(() -> store.head("k")).isInstanceOf(StoreException.NotFound.class);
    }
  }
}
