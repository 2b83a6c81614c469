package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.testkit.MemoryStore;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** What was asked is counted, and what came. */
final class CountingStoreTest {
  private final MemoryStore bucket = new MemoryStore();
  private final CountingStore store = new CountingStore(bucket);

  @Test
  void requestsAreCountedByKind() throws Exception {
    ObjectVersion version = bucket.put("k", "abcd").version();
    store.head("k");
    store.list(ListRequest.everything(""));
    store.list(ListRequest.everything(""));
    store.open(version, version.all()).close();
    assertThat(store.counts()).isEqualTo(new CountingStore.Counts(1, 2, 1, 0));
  }

  @Test
  void failedRequestsCountToo() {
    assertThatThrownBy(() -> store.head("k")).isInstanceOf(StoreException.NotFound.class);
    assertThat(store.counts().heads()).isEqualTo(1);
  }

  @Test
  void anEmptyRangeIsNoRequest() throws Exception {
    ObjectVersion version = bucket.put("k", "abcd").version();
    store.open(version, new ByteRange(2, 2)).close();
    assertThat(store.counts().gets()).isZero();
  }

  @Test
  void bytesCountAsTheyAreRead() throws Exception {
    ObjectVersion version = bucket.put("k", "abcdefgh").version();
    try (InputStream body = store.open(version, version.all())) {
      assertThat(body.read()).isEqualTo('a');
      assertThat(body.readNBytes(3)).hasSize(3);
      assertThat(store.counts().bytes()).isEqualTo(4);
      assertThat(body.readAllBytes()).hasSize(4);
      assertThat(body.read()).isEqualTo(-1);
    }
    assertThat(store.counts().bytes()).isEqualTo(8);
  }

  @Test
  void whatIsWrittenIsCountedByKind() throws Exception {
    store.put("k", Payload.of(new byte[3]), PutOptions.ANY);
    store.describe("k");
    UploadId upload = store.uploads().create("l", ObjectAttributes.NONE);
    store.uploads().put(upload, 1, Payload.of(new byte[3]));
    store.uploads().put(upload, 2, Payload.of(new byte[3]));
    store.uploads().abort(upload);
    store.delete("k");
    assertThat(store.count(Operation.PUT)).isEqualTo(1);
    assertThat(store.count(Operation.HEAD)).isEqualTo(1);
    assertThat(store.count(Operation.CREATE_UPLOAD)).isEqualTo(1);
    assertThat(store.count(Operation.PUT_PART)).isEqualTo(2);
    assertThat(store.count(Operation.ABORT_UPLOAD)).isEqualTo(1);
    assertThat(store.count(Operation.DELETE)).isEqualTo(1);
    assertThat(store.count(Operation.COPY)).isZero();
  }
}
