package io.sluice.store.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is particular about uploads in parts to a directory: ends that meet, crashes, leftovers. */
final class LocalUploadsTest {
  private static final Payload BODY = Payload.of("text".getBytes(UTF_8));
  private static final Payload OTHER = Payload.of("other".getBytes(UTF_8));

  @TempDir Path directory;
  private Path root;
  private LocalStore store;
  private MultipartUploads uploads;

  @BeforeEach
  void open() throws Exception {
    root = Files.createDirectory(directory.resolve("bucket"));
    store = LocalStore.open(root);
    uploads = store.uploads();
  }

  private Path place(UploadId upload) {
    return root.resolve(".sluice/uploads").resolve(upload.id());
  }

  private UploadId begin() throws Exception {
    return uploads.create("k", ObjectAttributes.NONE);
  }

  /** As if the program had been killed after the object got its name. */
  private ObjectVersion completeWithoutEnding(UploadId upload, List<Part> parts) throws Exception {
    ObjectVersion made = uploads.complete(upload, parts, Precondition.NONE);
    Files.createDirectories(place(upload));
    Files.writeString(place(upload).resolve("key"), upload.key());
    return made;
  }

  @Test
  void whatStaysOfAnUploadDoesNotChangeTheOutcome() throws Exception {
    UploadId upload = begin();
    Part part = uploads.put(upload, 1, BODY);
    Files.createDirectories(place(upload).resolve("not-ours/deeper"));
    ObjectVersion made = uploads.complete(upload, List.of(part), Precondition.ABSENT);
    assertThat(store.head("k").version()).isEqualTo(made);
    assertThat(uploads.pending("")).isEmpty();
  }

  @Test
  void aCompletionAskedForAgainFindsWhatTheFirstMade() throws Exception {
    UploadId upload = begin();
    List<Part> parts = List.of(uploads.put(upload, 1, BODY));
    ObjectVersion made = completeWithoutEnding(upload, parts);
    assertThat(uploads.complete(upload, parts, Precondition.ABSENT)).isEqualTo(made);
    assertThat(uploads.pending("")).isEmpty();
    assertThat(place(upload)).doesNotExist();
    assertThat(uploads.complete(upload, parts, Precondition.ABSENT)).isEqualTo(made);
    store.put("k", OTHER, PutOptions.ANY);
    assertThatThrownBy(() -> uploads.complete(upload, parts, Precondition.ABSENT))
        .isInstanceOf(StoreException.NotFound.class);
  }

  @Test
  void aCompletionIsFoundAgainWhereFilesHaveNoAttributes() throws Exception {
    UploadId upload = begin();
    List<Part> parts = List.of(uploads.put(upload, 1, BODY));
    completeWithoutEnding(upload, parts);
    Path file = root.resolve("k");
    Files.getFileAttributeView(file, UserDefinedFileAttributeView.class).delete("sluice.upload");
    new LocalCompletion(upload, new UploadDirectory(place(upload))).writeMarker(file);
    ObjectVersion made = store.head("k").version();
    assertThat(uploads.complete(upload, parts, Precondition.ABSENT)).isEqualTo(made);
    assertThat(place(upload)).doesNotExist();
  }

  @Test
  void anothersObjectOfTheSameSizeIsNotTakenForOurs() throws Exception {
    UploadId upload = begin();
    Part part = uploads.put(upload, 1, BODY);
    store.put("k", BODY, PutOptions.ANY);
    var completion = new LocalCompletion(upload, new UploadDirectory(place(upload)));
    Path made = Files.writeString(directory.resolve("made"), "text");
    completion.writeMarker(made);
    assertThatThrownBy(() -> uploads.complete(upload, List.of(part), Precondition.ABSENT))
        .isInstanceOf(StoreException.Changed.class);
    assertThat(uploads.pending("")).extracting(PendingUpload::id).containsExactly(upload);
  }

  @Test
  void aPartThatVanishesWhileItIsNeededIsNotFound() throws Exception {
    UploadId upload = begin();
    List<Part> parts = List.of(uploads.put(upload, 1, BODY), uploads.put(upload, 2, BODY));
    var joined = new JoinedParts(new UploadDirectory(place(upload)), "k", parts);
    try (InputStream in = joined.open()) {
      assertThat(in.readNBytes(4)).asString(UTF_8).isEqualTo("text");
      uploads.abort(upload);
      assertThatThrownBy(in::read)
          .isInstanceOf(StoreException.NotFound.class)
          .hasMessageContainingAll("part 2", "k");
    }
  }

  @Test
  void aPartThatIsReplacedWhileItIsNeededIsNotMixedIn() throws Exception {
    UploadId upload = begin();
    List<Part> parts = List.of(uploads.put(upload, 1, BODY), uploads.put(upload, 2, BODY));
    var joined = new JoinedParts(new UploadDirectory(place(upload)), "k", parts);
    try (InputStream in = joined.open()) {
      assertThat(in.readNBytes(4)).hasSize(4);
      uploads.put(upload, 2, OTHER);
      assertThatThrownBy(in::read).isInstanceOf(StoreException.Invalid.class);
    }
  }

  @Test
  void aPartThatComesAfterTheEndLeavesNothing() throws Exception {
    UploadId upload = begin();
    Payload slow =
        new Payload() {
          @Override
          public long length() {
            return 4;
          }

          @Override
          public InputStream open() throws java.io.IOException {
            Files.delete(place(upload).resolve("key")); // another is about to end it
            return BODY.open();
          }
        };
    assertThatThrownBy(() -> uploads.put(upload, 1, slow))
        .isInstanceOf(StoreException.NotFound.class);
    assertThat(place(upload)).doesNotExist();
  }

  @Test
  void anUploadThatEndsMeanwhileDoesNotHideTheOthers() throws Exception {
    UploadId first = uploads.create("a", ObjectAttributes.NONE);
    UploadId ending = begin();
    UploadId last = uploads.create("z", ObjectAttributes.NONE);
    Files.delete(place(ending).resolve("key"));
    Files.writeString(root.resolve(".sluice/uploads/stray"), "x");
    assertThat(uploads.pending("")).extracting(PendingUpload::id).containsExactly(first, last);
  }

  @Test
  void whatCannotBeKeptLeavesNothingBehind() throws Exception {
    var tagged = ObjectAttributes.NONE.withTags(Map.of("a", "b"));
    assertThatThrownBy(() -> uploads.create("k", tagged))
        .isInstanceOf(StoreException.Unsupported.class);
    assertThatThrownBy(() -> store.put("k", BODY, PutOptions.ANY.with(tagged)))
        .isInstanceOf(StoreException.Unsupported.class);
    assertThat(root).isEmptyDirectory();
    var tooLong = ObjectAttributes.NONE.withMetadata("long", "x".repeat(100_000));
    assertThatThrownBy(() -> uploads.create("k", tooLong))
        .isInstanceOf(StoreException.Unsupported.class);
    try (var files = Files.walk(root)) {
      assertThat(files).containsExactly(root, root.resolve(".sluice"), root.resolve(".sluice/tmp"));
    }
  }

  @Test
  void uploadsThatWereHalfDeletedAreSweptAfterADay() throws Exception {
    UploadId old = begin();
    UploadId fresh = begin();
    UploadId pending = begin();
    uploads.put(old, 1, BODY);
    Files.delete(place(old).resolve("key"));
    Files.delete(place(fresh).resolve("key"));
    var yesterday = FileTime.from(Instant.now().minus(Duration.ofDays(2)));
    for (UploadId upload : List.of(old, pending))
      Files.setLastModifiedTime(place(upload), yesterday);
    LocalStore.open(root).close();
    assertThat(place(old)).doesNotExist();
    assertThat(place(fresh)).exists();
    assertThat(place(pending)).exists();
  }
}
