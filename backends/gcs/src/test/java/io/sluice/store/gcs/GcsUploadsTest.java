package io.sluice.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ContentHeader;
import io.sluice.store.ListRequest;
import io.sluice.store.MultipartUploads;
import io.sluice.store.ObjectAttributes;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Part;
import io.sluice.store.PendingUpload;
import io.sluice.store.Precondition;
import io.sluice.store.PutOptions;
import io.sluice.store.StoreException;
import io.sluice.store.UploadId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads in parts, against an emulator: the whole object, and nothing left of its parts. */
final class GcsUploadsTest extends EmulatorFixture {
  private MultipartUploads uploads() {
    return store.uploads();
  }

  private void requireNothingLeft() throws Exception {
    assertThat(keys(UploadNames.PREFIX)).isEmpty();
    assertThat(uploads().pending("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 32, 33, 70})
  void partsBecomeTheObjectInTheOrderOfTheirNumbers(int count) throws Exception {
    UploadId upload = uploads().create("d/k", ObjectAttributes.NONE);
    var parts = new ArrayList<Part>();
    var expected = new StringBuilder();
    for (int number = 1; number <= count; number++) expected.append("part ").append(number);
    for (int number = count; number >= 1; number--)
      parts.add(uploads().put(upload, number, payload("part " + number)));
    ObjectVersion made = uploads().complete(upload, parts, Precondition.NONE);
    assertThat(text(made)).isEqualTo(expected.toString());
    assertThat(store.head("d/k").version()).isEqualTo(made);
    requireNothingLeft();
  }

  @Test
  void moreThanAThousandPartsAreComposedTwice() throws Exception {
    UploadId upload = uploads().create("k", ObjectAttributes.NONE);
    List<Integer> numbers = new ArrayList<>();
    for (int number = 1; number <= 1030; number++) numbers.add(number);
    List<Part> parts =
        SideBySide.map(
            numbers, (_, number) -> uploads().put(upload, number, payload(number + " ")));
    ObjectVersion made = uploads().complete(upload, parts, Precondition.NONE);
    assertThat(text(made)).startsWith("1 2 3 ").endsWith(" 1029 1030 ");
    assertThat(text(made).split(" ")).hasSize(1030);
    requireNothingLeft();
  }

  @Test
  void theObjectHasWhatWasGivenAtTheStartAndNoMore() throws Exception {
    var attributes = ObjectAttributes.ofType("text/plain").withMetadata("colour", "blue");
    UploadId upload = uploads().create("k", attributes);
    Part part = uploads().put(upload, 1, payload("hello"));
    uploads().complete(upload, List.of(part), Precondition.NONE);
    ObjectAttributes kept = store.describe("k").attributes();
    assertThat(kept.metadata()).isEqualTo(Map.of("colour", "blue"));
    assertThat(kept.header(ContentHeader.CONTENT_TYPE)).contains("text/plain");
  }

  @Test
  void untilItIsCompletedNothingIsSeen() throws Exception {
    UploadId upload = uploads().create("d/k", ObjectAttributes.NONE);
    uploads().put(upload, 1, payload("hello"));
    assertThat(keys("")).isEmpty();
    assertThat(store.list(ListRequest.directory("")).prefixes()).isEmpty();
    assertThatThrownBy(() -> store.head("d/k")).isInstanceOf(StoreException.NotFound.class);
  }

  @Test
  void thePartsThatAreThereAreTold() throws Exception {
    UploadId upload = uploads().create("k", ObjectAttributes.NONE);
    Part second = uploads().put(upload, 2, payload("two"));
    uploads().put(upload, 1, payload("old"));
    Part first = uploads().put(upload, 1, payload("one"));
    assertThat(uploads().parts(upload)).containsExactly(first, second);
    assertThat(first.crc32c()).isPresent();
    assertThat(first.size()).isEqualTo(3);
  }

  @Test
  void aPartThatWasReplacedIsNotTaken() throws Exception {
    UploadId upload = uploads().create("k", ObjectAttributes.NONE);
    Part old = uploads().put(upload, 1, payload("old"));
    uploads().put(upload, 1, payload("new"));
    assertThatThrownBy(() -> uploads().complete(upload, List.of(old), Precondition.NONE))
        .isInstanceOf(StoreException.Invalid.class);
  }

  @Test
  void completingAgainIsTheSameObject() throws Exception {
    UploadId upload = uploads().create("k", ObjectAttributes.NONE);
    Part part = uploads().put(upload, 1, payload("hello"));
    ObjectVersion made = uploads().complete(upload, List.of(part), Precondition.ABSENT);
    assertThat(uploads().complete(upload, List.of(part), Precondition.ABSENT)).isEqualTo(made);
    store.put("k", payload("other"), PutOptions.ANY);
    assertThatThrownBy(() -> uploads().complete(upload, List.of(part), Precondition.ABSENT))
        .isInstanceOf(StoreException.NotFound.class);
  }

  @Test
  void whatIsAbortedIsGoneWithItsParts() throws Exception {
    UploadId upload = uploads().create("k", ObjectAttributes.NONE);
    Part part = uploads().put(upload, 1, payload("hello"));
    uploads().abort(upload);
    uploads().abort(upload);
    requireNothingLeft();
    assertThatThrownBy(() -> uploads().parts(upload)).isInstanceOf(StoreException.NotFound.class);
    assertThatThrownBy(() -> uploads().put(upload, 2, payload("late")))
        .isInstanceOf(StoreException.NotFound.class)
        .hasMessageContaining("k");
    assertThatThrownBy(() -> uploads().complete(upload, List.of(part), Precondition.NONE))
        .isInstanceOf(StoreException.NotFound.class);
    requireNothingLeft();
  }

  @Test
  void anUploadBelongsToItsKey() throws Exception {
    UploadId upload = uploads().create("k", ObjectAttributes.NONE);
    var other = new UploadId("other", upload.id());
    assertThatThrownBy(() -> uploads().parts(other)).isInstanceOf(StoreException.NotFound.class);
  }

  @Test
  @Timeout(300)
  void whatIsPendingIsToldByKeyOldestFirst() throws Exception {
    UploadId b = uploads().create("d/b é", ObjectAttributes.NONE);
    UploadId a = uploads().create("d/a", ObjectAttributes.NONE);
    UploadId again = begunAfter(a);
    uploads().create("e", ObjectAttributes.NONE);
    assertThat(uploads().pending("d/")).extracting(PendingUpload::id).containsExactly(a, again, b);
    assertThat(uploads().pending("")).hasSize(4);
  }

  /** Of the same key, in a later millisecond: that is what the store's times tell apart. */
  private UploadId begunAfter(UploadId earlier) throws StoreException {
    while (true) {
      UploadId upload = uploads().create(earlier.key(), ObjectAttributes.NONE);
      if (begun(upload).isAfter(begun(earlier))) return upload;
      uploads().abort(upload);
    }
  }

  private Instant begun(UploadId upload) throws StoreException {
    return uploads().pending(upload.key()).stream()
        .filter(pending -> pending.id().equals(upload))
        .map(PendingUpload::begun)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void tagsAreRefusedBeforeAnythingIsSent() throws Exception {
    var tagged = ObjectAttributes.NONE.withTags(Map.of("a", "b"));
    assertThatThrownBy(() -> uploads().create("k", tagged))
        .isInstanceOf(StoreException.Unsupported.class);
    requireNothingLeft();
  }
}
