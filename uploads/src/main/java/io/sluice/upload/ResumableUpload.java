package io.sluice.upload;

import io.sluice.store.ByteRange;
import io.sluice.store.MultipartUploads;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Part;
import io.sluice.store.Precondition;
import io.sluice.store.PutOptions;
import io.sluice.store.Retry;
import io.sluice.store.StoreException;
import io.sluice.store.UploadId;
import io.sluice.store.transfer.Crew;
import io.sluice.store.transfer.SummedPayload;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A file on its way to becoming an object, over as many lives of the program as it takes: whatever
 * ends one of them, the next sends what is missing. It takes leave to write and to abort; what else
 * may be asked is asked, and makes less to be sent again.
 *
 * <pre>{@code
 * try (var state = StateFile.create(path, UploadState.begin(head))) {      // or StateFile.open
 *   return new ResumableUpload(store, settings, Retry.Waiting.REAL, listener).run(state, file);
 * }
 * }</pre>
 */
public final class ResumableUpload {
  private final ObjectStore store;
  private final Settings settings;
  private final UploadListener listener;
  private final Patience patience;

  /**
   * How it is sent.
   *
   * @param parallelism parts at once, 1 at least
   * @param patience how long to wait for a store that is away, beyond the store's own retries
   */
  public record Settings(int parallelism, Duration patience) {
    public Settings {
      if (parallelism < 1) throw new IllegalArgumentException(parallelism + " parts at once");
      if (patience.isNegative()) throw new IllegalArgumentException("a patience of " + patience);
    }
  }

  public ResumableUpload(
      ObjectStore store, Settings settings, Retry.Waiting waiting, UploadListener listener) {
    this.store = store;
    this.settings = settings;
    this.listener = listener;
    this.patience = new Patience(settings.patience(), waiting, listener);
  }

  /**
   * Sends what is missing, completes the upload, and removes the state. Whatever else happens the
   * state stays, and the upload with it, but for {@link UploadException.WrongObject}.
   *
   * @throws StoreException where the store refuses, or is away for longer than was agreed
   * @throws UploadException see its kinds
   * @throws IOException where the file cannot be read, or the state not be written
   */
  public ObjectVersion run(StateFile state, SourceFile file) throws IOException {
    try {
      ObjectVersion made = send(state, file);
      removed(state);
      return made;
    } catch (UploadException.WrongObject e) {
      removed(state);
      throw e;
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) throw e; // and the file is closed by that
      throw file.reason(e);
    }
  }

  /** The upload has ended, whatever becomes of its state: there is nothing to go on with. */
  private void removed(StateFile state) {
    try {
      state.remove();
    } catch (IOException e) {
      listener.warn(
          "the upload has ended, and its state file %s cannot be removed: remove it: %s"
              .formatted(state.path(), e.getMessage()));
    }
  }

  private ObjectVersion send(StateFile state, SourceFile file) throws IOException {
    UploadHead head = state.state().head();
    requireSize(head, file);
    if (state.damaged() > 0)
      listener.warn(
          "%d lines of %s are damaged: what they told is sent again"
              .formatted(state.damaged(), state.path()));
    Optional<UploadId> begun = state.state().upload();
    var before = new SentBefore(state, file, listener);
    if (begun.isEmpty()) {
      before.adopt(); // no part: but the file may be another
      if (head.plan().isSingle()) return sendAtOnce(state, file);
    }
    UploadId upload = begun.isPresent() ? begun.get() : begin(state);
    if (begun.isPresent()) {
      Optional<ObjectVersion> made = completeBefore(state, file, upload);
      if (made.isPresent()) return made.get();
      before.settle(listed(upload));
    }
    sendParts(state, file, upload);
    return complete(state, file, upload);
  }

  /**
   * Where all was sent before, that is perhaps the object already; and the parts of an upload that
   * is being completed are not asked for.
   */
  private Optional<ObjectVersion> completeBefore(StateFile state, SourceFile file, UploadId upload)
      throws IOException {
    if (!state.state().hasAll()) return Optional.empty();
    new SentBefore(state, file, listener).adopt();
    if (!state.state().hasAll()) return Optional.empty();
    try {
      return Optional.of(complete(state, file, upload));
    } catch (StoreException.Invalid e) {
      listener.warn("the store does not take the parts for the object: " + e.getMessage());
      return Optional.empty();
    }
  }

  private ObjectVersion complete(StateFile state, SourceFile file, UploadId upload)
      throws IOException {
    file.requireUnchanged();
    return new Completion(store, upload, state.state()).complete(patience);
  }

  private static void requireSize(UploadHead head, SourceFile file) throws UploadException {
    long now = file.identity().size();
    if (now != head.plan().size())
      throw new UploadException.FileChanged(
          "%s had %d bytes when its upload began, and has %d now"
              .formatted(file.path(), head.plan().size(), now),
          null);
  }

  private ObjectVersion sendAtOnce(StateFile state, SourceFile file) throws IOException {
    UploadHead head = state.state().head();
    listener.sending(head.plan().size(), 0);
    var bytes = new SummedPayload(file.all());
    var options = new PutOptions(Precondition.NONE, head.attributes());
    ObjectVersion made = asked(bytes, () -> store.put(head.to().key(), bytes, options));
    listener.sent(head.plan().size());
    return made;
  }

  private UploadId begin(StateFile state) throws IOException {
    UploadHead head = state.state().head();
    MultipartUploads uploads = store.uploads();
    UploadId upload = patience.ask(() -> uploads.create(head.to().key(), head.attributes()));
    state.begun(upload);
    listener.say("began the upload %s to %s".formatted(upload.id(), upload.key()));
    return upload;
  }

  /** What the store has; absent where it may not be asked. */
  private Optional<List<Part>> listed(UploadId upload) throws IOException {
    MultipartUploads uploads = store.uploads();
    try {
      return Optional.of(patience.ask(() -> uploads.parts(upload)));
    } catch (StoreException.Denied | StoreException.Unsupported e) {
      return Optional.empty();
    } catch (StoreException.NotFound e) {
      throw gone(upload, e);
    }
  }

  private static UploadException gone(UploadId upload, StoreException e) {
    return new UploadException.Gone(
        "the store has no upload %s to %s any more: it was aborted, or has expired"
            .formatted(upload.id(), upload.key()),
        e);
  }

  private void sendParts(StateFile state, SourceFile file, UploadId upload) throws IOException {
    UploadState before = state.state();
    UploadPlan plan = before.head().plan();
    int[] missing =
        IntStream.rangeClosed(1, plan.parts())
            .filter(number -> !before.parts().containsKey(number))
            .toArray();
    listener.sending(plan.size(), before.bytes());
    listener.say(
        "%d parts of %d bytes, %d of them to be sent"
            .formatted(plan.parts(), plan.partSize(), missing.length));
    if (missing.length == 0) return;
    var next = new AtomicInteger();
    Crew.Work work =
        () -> {
          for (int i = next.getAndIncrement(); i < missing.length; i = next.getAndIncrement()) {
            Crew.requireUninterrupted();
            sendPart(state, file, upload, missing[i]);
          }
        };
    int threads = Math.min(settings.parallelism(), missing.length);
    try (Crew crew = Crew.start("upload", threads, work, () -> {})) {
      crew.join();
    } catch (InterruptedException e) {
      throw Crew.interrupted("the upload to " + upload.key() + " is not complete");
    }
  }

  private void sendPart(StateFile state, SourceFile file, UploadId upload, int number)
      throws IOException {
    UploadPlan plan = state.plan();
    ByteRange range = plan.range(number);
    String name = "part %d of %d (%d bytes)".formatted(number, plan.parts(), range.length());
    listener.part("begins: " + name);
    var bytes = new SummedPayload(file.part(range));
    MultipartUploads uploads = store.uploads();
    Part part;
    try {
      part = asked(bytes, () -> uploads.put(upload, number, bytes));
    } catch (StoreException.NotFound e) {
      throw gone(upload, e);
    }
    if (part.crc32c().isPresent() && bytes.sum().isPresent() && !part.crc32c().equals(bytes.sum()))
      throw new UploadException.FileChanged(
          "%s was written to while %s was sent".formatted(file.path(), name), null);
    state.sent(new SentPart(part, bytes.sum()));
    listener.sent(range.length());
    listener.part("is sent: " + name);
  }

  /** A broken file is not a broken store, and not waited for. */
  private <T> T asked(SummedPayload bytes, Patience.Request<T> request) throws IOException {
    try {
      return patience.ask(request);
    } catch (StoreException e) {
      if (bytes.failure().isPresent()) throw bytes.failure().get();
      throw e;
    }
  }

  /**
   * Ends an upload that is not to be completed: the store drops what it has, and the state goes. An
   * upload that is gone already, or never began, is no error.
   */
  public void abort(StateFile state) throws IOException {
    Optional<UploadId> upload = state.state().upload();
    if (upload.isPresent()) {
      MultipartUploads uploads = store.uploads();
      patience.ask(
          () -> {
            uploads.abort(upload.get());
            return upload;
          });
    }
    state.remove();
  }
}
