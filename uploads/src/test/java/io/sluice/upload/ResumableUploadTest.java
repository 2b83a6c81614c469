package io.sluice.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ObjectVersion;
import io.sluice.store.Operation;
import io.sluice.store.PutOptions;
import io.sluice.store.StoreException;
import io.sluice.store.testkit.FaultyStore.Fault;
import io.sluice.store.testkit.PassingStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads that are ended somewhere, and the ones that go on from there. */
final class ResumableUploadTest extends UploadScene {
  /** Of an upload that nothing happens to: create, five parts, complete. */
  private static final int REQUESTS = 7;

  private static StoreException refused() {
    return new StoreException.Denied("no", null);
  }

  private void script(int before, Fault fault) {
    for (int i = 0; i < before; i++) store.script(new Fault.None());
    store.script(fault);
  }

  @Test
  void aFileBecomesAnObject() throws Exception {
    ObjectVersion made = start(store);
    assertThat(made.size()).isEqualTo(SIZE);
    assertThat(told.there()).isEqualTo(SIZE);
    requireDone();
    assertThat(bucket.uploads().pending("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, PART})
  void whatFitsIntoOnePartIsOneRequest(int size) throws Exception {
    Files.write(file, bytes(size));
    start(store);
    assertThat(asked()).containsExactly("PUT " + KEY);
    requireDone();
  }

  @Test
  void whateverRequestIsRefusedTheNextLifeSendsOnlyWhatIsMissing() throws Exception {
    for (int before = 0; before < REQUESTS; before++) {
      script(before, new Fault.Refused(refused()));
      long sent = partsSent();
      assertThatThrownBy(() -> start(store)).isInstanceOf(StoreException.Denied.class);
      assertThat(StateFile.read(state).parts()).hasSize(Math.clamp(before - 1, 0, 5));
      resume(store);
      boolean wasPart = before >= 1 && before <= 5;
      assertThat(partsSent() - sent).as("after %d", before).isEqualTo(wasPart ? 6 : 5);
      requireDone();
      assertThat(bucket.uploads().pending("")).isEmpty();
      bucket.remove(KEY);
    }
  }

  @Test
  void whicheverAnswerIsLostToADeathTheNextLifeSendsOnlyWhatNobodyKnows() throws Exception {
    for (int before = 0; before < REQUESTS; before++) {
      // What is done at the store, and ends us before we write it down.
      script(before, new Fault.LostAnswer(refused()));
      long sent = partsSent();
      assertThatThrownBy(() -> start(store)).isInstanceOf(StoreException.Denied.class);
      resume(store);
      boolean wasPart = before >= 1 && before <= 5;
      assertThat(partsSent() - sent).as("after %d", before).isEqualTo(wasPart ? 6 : 5);
      requireDone();
      bucket.remove(KEY);
    }
    // Of an answer to the first request nobody can know: it is told by the list of what is pending.
    assertThat(bucket.uploads().pending("")).hasSize(1);
  }

  @Test
  void aLostCompleteIsNoLostUpload() throws Exception {
    script(6, new Fault.LostAnswer(refused()));
    assertThatThrownBy(() -> start(store)).isInstanceOf(StoreException.Denied.class);
    assertThat(bucket.head(KEY).size()).isEqualTo(SIZE);
    long sent = partsSent();
    resume(store);
    assertThat(partsSent()).isEqualTo(sent);
    requireDone();
  }

  @Test
  void whereverTheStateIsTornByADeathItGoesOn() throws Exception {
    script(4, new Fault.Refused(refused()));
    assertThatThrownBy(() -> start(store)).isInstanceOf(StoreException.Denied.class);
    byte[] whole = Files.readAllBytes(state);
    int lines = (int) Files.readString(state).lines().count();
    assertThat(lines).isEqualTo(5);
    Files.write(state, java.util.Arrays.copyOf(whole, whole.length - 9));
    long sent = partsSent();
    resume(store);
    assertThat(partsSent() - sent).isEqualTo(3);
    requireDone();
    assertThat(told.lines()).anyMatch(line -> line.contains("1 lines") && line.contains("damaged"));
  }

  @Test
  void anOutageOfAnyRequestIsWaitedOut() throws Exception {
    for (int i = 0; i < 2 * REQUESTS; i++)
      store.script(
          new Fault.Refused(new StoreException.Unavailable("away", null)), new Fault.None());
    try (SourceFile source = SourceFile.open(file);
        StateFile kept = StateFile.create(state, begun(source))) {
      upload(store, Duration.ofHours(1), 3).run(kept, source);
    }
    requireDone();
    assertThat(waiting.pauses()).isNotEmpty();
    assertThat(told.lines()).anyMatch(line -> line.contains("away: again in 1 s"));
  }

  private static UploadState begun(SourceFile source) {
    return UploadState.begin(
        new UploadHead(
            new Destination("b", KEY),
            source.path(),
            java.util.Optional.of(source.identity()),
            new UploadPlan(source.identity().size(), PART),
            ATTRIBUTES));
  }

  @Test
  void anOutageThatIsLongerThanAgreedKeepsTheState() throws Exception {
    script(3, new Fault.Refused(new StoreException.Unavailable("away", null)));
    assertThatThrownBy(() -> start(store)).isInstanceOf(StoreException.Unavailable.class);
    assertThat(StateFile.read(state).parts()).containsOnlyKeys(1, 2);
    resume(store);
    requireDone();
  }

  @Test
  void leaveToWriteIsEnough() throws Exception {
    var strict =
        new Denying(
            Set.of(Operation.LIST_PARTS, Operation.HEAD, Operation.LIST_UPLOADS, Operation.LIST));
    script(4, new Fault.Refused(refused()));
    assertThatThrownBy(() -> start(strict)).isInstanceOf(StoreException.Denied.class);
    resume(strict);
    assertThat(partsSent()).isEqualTo(6);
    requireDone();
  }

  /** Denies some operations to whoever asks. */
  private final class Denying extends PassingStore {
    private final Set<Operation> denied;

    Denying(Set<Operation> denied) {
      super(store);
      this.denied = denied;
    }

    @Override
    protected <T> T send(Request request, Sending<T> sending) throws StoreException {
      if (denied.contains(request.operation())) throw refused();
      return super.send(request, sending);
    }
  }

  @Test
  void anUploadThatIsGoneIsToldAndTheStateStays() throws Exception {
    script(4, new Fault.Refused(refused()));
    assertThatThrownBy(() -> start(store)).isInstanceOf(StoreException.Denied.class);
    bucket.uploads().abort(StateFile.read(state).upload().orElseThrow());
    assertThatThrownBy(() -> resume(store))
        .isInstanceOf(UploadException.Gone.class)
        .hasMessageContaining("no upload upload-1");
    assertThat(state).exists();
    var strict = new Denying(Set.of(Operation.LIST_PARTS));
    assertThatThrownBy(() -> resume(strict)).isInstanceOf(UploadException.Gone.class);
    requireNoObject();
  }

  @Test
  void anUploadThatIsGoneWithAllItsPartsIsNoObject() throws Exception {
    script(6, new Fault.Refused(refused()));
    assertThatThrownBy(() -> start(store)).isInstanceOf(StoreException.Denied.class);
    bucket.uploads().abort(StateFile.read(state).upload().orElseThrow());
    assertThatThrownBy(() -> resume(store)).isInstanceOf(UploadException.Gone.class);
    assertThat(state).exists();
    requireNoObject();
  }

  @Test
  void aPartThatTheStoreHasLostIsSentAgain() throws Exception {
    script(4, new Fault.Refused(refused()));
    assertThatThrownBy(() -> start(store)).isInstanceOf(StoreException.Denied.class);
    var upload = StateFile.read(state).upload().orElseThrow();
    bucket.uploads().put(upload, 2, io.sluice.store.Payload.of(new byte[PART]));
    long sent = partsSent();
    resume(store);
    assertThat(partsSent() - sent).isEqualTo(3);
    requireDone();
    assertThat(told.lines()).anyMatch(line -> line.contains("1 parts are not at the store"));
  }

  @Test
  void whereTheStoreDoesNotTakeThePartsTheyAreLookedAt() throws Exception {
    script(6, new Fault.Refused(refused()));
    assertThatThrownBy(() -> start(store)).isInstanceOf(StoreException.Denied.class);
    var upload = StateFile.read(state).upload().orElseThrow();
    bucket.uploads().put(upload, 5, io.sluice.store.Payload.of(new byte[] {1, 2, 3}));
    long sent = partsSent();
    resume(store);
    assertThat(partsSent() - sent).isEqualTo(1);
    requireDone();
  }

  @Test
  void abortingEndsTheUploadAndTakesTheStateAway() throws Exception {
    script(4, new Fault.Refused(refused()));
    assertThatThrownBy(() -> start(store)).isInstanceOf(StoreException.Denied.class);
    store.script(new Fault.Refused(refused()));
    assertThatThrownBy(this::abort).isInstanceOf(StoreException.Denied.class);
    assertThat(state).exists();
    abort();
    assertThat(state).doesNotExist();
    assertThat(bucket.uploads().pending("")).isEmpty();
    requireNoObject();
  }

  private void abort() throws IOException {
    try (StateFile kept = StateFile.open(state)) {
      upload(store, Duration.ZERO, 1).abort(kept);
    }
  }

  @Test
  void twoResumesAtOnceAreOne() throws Exception {
    script(4, new Fault.Refused(refused()));
    assertThatThrownBy(() -> start(store)).isInstanceOf(StoreException.Denied.class);
    try (StateFile first = StateFile.open(state)) {
      assertThat(first.state().parts()).hasSize(3);
      int asked = asked().size();
      assertThatThrownBy(() -> resume(store)).isInstanceOf(UploadException.InUse.class);
      assertThat(asked()).hasSize(asked);
    }
  }

  @Test
  void whatIsNoFileIsToldBeforeAnythingIsAsked() {
    for (Path wrong : new Path[] {directory, directory.resolve("none"), Path.of("/dev/null")})
      assertThatThrownBy(() -> SourceFile.open(wrong)).hasMessageContaining(wrong.toString());
    assertThat(asked()).isEmpty();
  }

  @Test
  void anOlderObjectOfTheSameBytesIsNotTakenForTheUpload() throws Exception {
    bucket.put(KEY, io.sluice.store.Payload.of(bytes(SIZE)), PutOptions.ANY);
    script(6, new Fault.Refused(new StoreException.Unavailable("away", null)));
    assertThatThrownBy(() -> start(store)).isInstanceOf(StoreException.Unavailable.class);
    assertThat(state).exists();
    resume(store);
    requireDone();
  }

  @Test
  void whatCannotBeToldOfAnUploadThatIsGoneIsNotWaitedFor() throws Exception {
    bucket.put(KEY, io.sluice.store.Payload.of(new byte[SIZE]), PutOptions.ANY);
    var gone = new StoreException.NotFound("no upload", null);
    script(6, new Fault.Refused(new StoreException.Unavailable("cannot be told", gone)));
    try (SourceFile source = SourceFile.open(file);
        StateFile kept = StateFile.create(state, begun(source))) {
      assertThatThrownBy(() -> upload(store, Duration.ofHours(1), 1).run(kept, source))
          .isInstanceOf(UploadException.Gone.class);
    }
    assertThat(waiting.pauses()).isEmpty();
    assertThat(state).exists();
  }

  @Test
  void aStateThatCannotBeRemovedIsNoFailureOfTheUpload() throws Exception {
    var moved =
        new PassingStore(store) {
          @Override
          protected <T> T send(Request request, Sending<T> sending) throws StoreException {
            if (request.operation() == Operation.COMPLETE_UPLOAD) replaceState();
            return super.send(request, sending);
          }
        };
    assertThat(start(moved).size()).isEqualTo(SIZE);
    assertThat(told.lines()).anyMatch(line -> line.contains(state + " cannot be removed"));
  }

  /** By what no file system removes as a file. */
  private void replaceState() {
    try {
      Files.delete(state);
      Files.createDirectories(state.resolve("x"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
