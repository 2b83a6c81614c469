package io.sluice.store.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ContentHeader;
import io.sluice.store.ListRequest;
import io.sluice.store.MultipartUploads;
import io.sluice.store.ObjectAttributes;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Part;
import io.sluice.store.Payload;
import io.sluice.store.PendingUpload;
import io.sluice.store.Precondition;
import io.sluice.store.PutOptions;
import io.sluice.store.StoreException;
import io.sluice.store.UploadId;
import io.sluice.store.testkit.ContractBucket.Ability;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What uploads in parts owe. */
abstract class UploadContract extends ContractPart {
  private static final int PART = 5 << 20;

  private MultipartUploads uploads() {
    return store().uploads();
  }

  private UploadId begin(String key) throws Exception {
    return uploads().create(key, ObjectAttributes.NONE);
  }

  private Part send(UploadId upload, int number, byte[] bytes) throws Exception {
    return uploads().put(upload, number, Payload.of(bytes));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, PART - 1, PART, PART + 1, 2 * PART, 3 * PART + 7})
  void bringsEveryByte(int size) throws Exception {
    byte[] bytes = bytes(size);
    UploadId upload = begin("a/k");
    var parts = new ArrayList<Part>();
    for (int from = 0; from < size; from += PART)
      parts.add(
          send(
              upload,
              parts.size() + 1,
              Arrays.copyOfRange(bytes, from, Math.min(size, from + PART))));
    ObjectVersion made = uploads().complete(upload, parts, Precondition.NONE);
    assertThat(made.size()).isEqualTo(size);
    assertThat(store().head("a/k").version()).isEqualTo(made);
    assertThat(store().partSizes(made)).isIn(List.of(), parts.stream().map(Part::size).toList());
    assertThat(read(made, 0, size)).isEqualTo(bytes);
  }

  @Test
  void partsGoInAnyOrderAndManyAtOnce() throws Exception {
    byte[] bytes = bytes(4 * PART);
    UploadId upload = begin("k");
    var sent = new ArrayList<Future<Part>>();
    try (var threads = Executors.newFixedThreadPool(ContractBucket.CONNECTIONS)) {
      for (int number : List.of(4, 2, 3, 1))
        sent.add(
            threads.submit(
                () -> {
                  int from = (number - 1) * PART;
                  return send(upload, number, Arrays.copyOfRange(bytes, from, from + PART));
                }));
    }
    var parts = new ArrayList<Part>();
    for (Future<Part> part : sent) parts.add(part.get(60, TimeUnit.SECONDS));
    ObjectVersion made = uploads().complete(upload, parts, Precondition.NONE);
    assertThat(read(made, 0, bytes.length)).isEqualTo(bytes);
  }

  @Test
  void numbersGoFrom1To10000() throws Exception {
    UploadId upload = begin("k");
    assertThat(send(upload, 10_000, new byte[1]).number()).isEqualTo(10_000);
    for (int number : new int[] {0, 10_001})
      assertThatThrownBy(() -> send(upload, number, new byte[1]))
          .isInstanceOf(IllegalArgumentException.class);
    uploads().abort(upload);
  }

  @Test
  void aPartSentAgainReplacesTheFirst() throws Exception {
    UploadId upload = begin("k");
    send(upload, 1, "first".getBytes(UTF_8));
    Part again = send(upload, 1, "second".getBytes(UTF_8));
    ObjectVersion made = uploads().complete(upload, List.of(again), Precondition.NONE);
    assertThat(text(made, 0, made.size())).isEqualTo("second");
  }

  @Test
  void whatWasSentCanBeAskedFor() throws Exception {
    UploadId upload = begin("k");
    Part second = send(upload, 2, "b".getBytes(UTF_8));
    Part first = send(upload, 1, bytes(PART));
    List<Part> parts = uploads().parts(upload);
    assertThat(parts).extracting(Part::number).containsExactly(1, 2);
    assertThat(parts).extracting(Part::tag).containsExactly(first.tag(), second.tag());
    assertThat(parts).extracting(Part::size).containsExactly((long) PART, 1L);
    // Enough to go on from, in another life.
    ObjectVersion made = uploads().complete(upload, parts, Precondition.NONE);
    assertThat(made.size()).isEqualTo(PART + 1);
  }

  @Test
  void isNotSeenUntilItIsComplete() throws Exception {
    store().put("k", Payload.of("before".getBytes(UTF_8)), PutOptions.ANY);
    UploadId upload = begin("k");
    begin("other");
    Part part = send(upload, 1, "after".getBytes(UTF_8));
    assertThat(keys(ListRequest.everything(""))).containsExactly("k");
    assertThat(store().head("k").size()).isEqualTo(6);
    uploads().complete(upload, List.of(part), Precondition.NONE);
    assertThat(store().head("k").size()).isEqualTo(5);
  }

  @Test
  void keepsItsAttributes() throws Exception {
    needs(Ability.ATTRIBUTES);
    UploadId upload =
        uploads().create("k", ObjectAttributes.ofType("model/x").withMetadata("rank", "7"));
    Part part = send(upload, 1, new byte[3]);
    uploads().complete(upload, List.of(part), Precondition.NONE);
    ObjectAttributes kept = store().describe("k").attributes();
    assertThat(kept.header(ContentHeader.CONTENT_TYPE)).contains("model/x");
    assertThat(kept.metadata()).containsEntry("rank", "7");
  }

  @Test
  void isPendingUntilItIsCompletedOrAborted() throws Exception {
    needs(Ability.LIST_UPLOADS);
    UploadId completed = begin("a/k");
    UploadId aborted = begin("a/l");
    UploadId left = begin("a/m");
    begin("b");
    assertThat(pending("a/")).containsExactly(completed, aborted, left);
    Part part = send(completed, 1, new byte[1]);
    uploads().complete(completed, List.of(part), Precondition.NONE);
    uploads().abort(aborted);
    assertThat(pending("a/")).containsExactly(left);
  }

  private List<UploadId> pending(String prefix) throws Exception {
    return uploads().pending(prefix).stream().map(PendingUpload::id).toList();
  }

  @Test
  void anAbortedOneIsGone() throws Exception {
    needs(Ability.ABORT);
    UploadId upload = begin("k");
    Part part = send(upload, 1, new byte[1]);
    uploads().abort(upload);
    uploads().abort(upload); // which is done already
    assertThatThrownBy(() -> send(upload, 2, new byte[1]))
        .isInstanceOf(StoreException.NotFound.class);
    assertThatThrownBy(() -> uploads().complete(upload, List.of(part), Precondition.NONE))
        .isInstanceOf(StoreException.NotFound.class);
    assertThat(keys(ListRequest.everything(""))).isEmpty();
  }

  @Test
  void ifAbsentDoesNotReplace() throws Exception {
    needs(Ability.CONDITIONAL_COMPLETE);
    UploadId upload = begin("k");
    Part part = send(upload, 1, "mine".getBytes(UTF_8));
    store().put("k", Payload.of("theirs".getBytes(UTF_8)), PutOptions.ANY);
    assertThatThrownBy(() -> uploads().complete(upload, List.of(part), Precondition.ABSENT))
        .isInstanceOf(StoreException.Changed.class);
    assertThat(store().head("k").size()).isEqualTo(6);
    uploads().abort(upload);
  }

  @Test
  void ifStillAVersionReplacesThatVersionOnly() throws Exception {
    needs(Ability.CONDITIONAL_COMPLETE);
    ObjectVersion first = store().put("k", Payload.of(bytes(3)), PutOptions.ANY);
    UploadId upload = begin("k");
    Part part = send(upload, 1, "second".getBytes(UTF_8));
    uploads().complete(upload, List.of(part), Precondition.unchanged(first));
    UploadId late = begin("k");
    Part third = send(late, 1, "third".getBytes(UTF_8));
    assertThatThrownBy(
            () -> uploads().complete(late, List.of(third), Precondition.unchanged(first)))
        .isInstanceOf(StoreException.Changed.class);
    assertThat(store().head("k").size()).isEqualTo(6);
    uploads().abort(late);
  }

  @Test
  void ofNoPartsIsRefused() throws Exception {
    UploadId upload = begin("k");
    assertThatThrownBy(() -> uploads().complete(upload, List.of(), Precondition.NONE))
        .isInstanceOf(StoreException.Invalid.class);
    uploads().abort(upload);
  }

  @Test
  void withPartsThatWereNotSentIsRefused() throws Exception {
    UploadId upload = begin("k");
    Part sent = send(upload, 1, new byte[1]);
    var invented = new Part(2, sent.tag(), 1, java.util.Optional.empty());
    assertThatThrownBy(() -> uploads().complete(upload, List.of(sent, invented), Precondition.NONE))
        .isInstanceOf(StoreException.Invalid.class);
    uploads().abort(upload);
    assertThat(keys(ListRequest.everything(""))).isEmpty();
  }
}
