package io.sluice.upload;

import io.sluice.store.MultipartUploads;
import io.sluice.store.ObjectDetails;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Part;
import io.sluice.store.Precondition;
import io.sluice.store.StoreException;
import io.sluice.store.UploadId;
import io.sluice.store.transfer.SentSum;
import io.sluice.store.transfer.WrongBytesException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The end of an upload: its parts become the object, which is then compared with what was sent, as
 * far as the store tells and may be asked.
 */
final class Completion {
  private final ObjectStore store;
  private final UploadId upload;
  private final UploadState state;

  Completion(ObjectStore store, UploadId upload, UploadState state) {
    this.store = store;
    this.upload = upload;
    this.state = state;
  }

  /**
   * Makes the object, also where an earlier attempt made it and its answer was lost.
   *
   * @throws UploadException.Gone where there is no such upload, and no object known to be of it
   * @throws UploadException.WrongObject where the store tells another checksum of it
   */
  ObjectVersion complete(Patience patience) throws IOException {
    requireAll();
    MultipartUploads uploads = store.uploads();
    List<Part> parts = state.parts().values().stream().map(SentPart::part).toList();
    ObjectVersion made;
    try {
      made = patience.ask(() -> complete(uploads, parts));
    } catch (StoreException.NotFound e) {
      throw new UploadException.Gone(
          "the store has no upload %s to %s any more: it was completed, aborted or expired: see what the object is now"
              .formatted(upload.id(), upload.key()),
          e);
    }
    verify(made);
    return made;
  }

  /** Every byte of the file is in one part; else this would be our mistake. */
  private void requireAll() {
    if (!state.hasAll() || state.bytes() != state.head().plan().size())
      throw new IllegalStateException(
          "%d parts with %d bytes are no file of %d"
              .formatted(state.parts().size(), state.bytes(), state.head().plan().size()));
  }

  private ObjectVersion complete(MultipartUploads uploads, List<Part> parts) throws StoreException {
    try {
      return uploads.complete(upload, parts, Precondition.NONE);
    } catch (StoreException.Unavailable e) {
      // Of an upload that may be there an object of the same bytes tells nothing: it may be older.
      if (!(e.getCause() instanceof StoreException.NotFound gone)) throw e;
      // The store cannot tell by its tags; by the bytes' checksum it may be certain.
      return made().orElseThrow(() -> gone);
    }
  }

  /**
   * The object of an upload that is gone, where it is certain that it has the bytes of these parts.
   */
  private Optional<ObjectVersion> made() {
    Optional<ObjectDetails> found =
        describe().filter(object -> object.meta().size() == state.head().plan().size());
    try {
      if (found.isPresent() && sum().compared(found.get()).isPresent())
        return found.map(object -> object.meta().version());
    } catch (WrongBytesException e) {
      return Optional.empty(); // another's
    }
    return Optional.empty();
  }

  private void verify(ObjectVersion made) throws UploadException {
    Optional<ObjectDetails> found =
        describe().filter(object -> object.meta().version().tag().equals(made.tag()));
    if (found.isEmpty()) return; // it may not be asked, or is another's by now
    long size = found.get().meta().size();
    if (size != state.head().plan().size())
      throw new UploadException.WrongObject(
          "%s has %d bytes, and %d were sent: delete it and send it again"
              .formatted(upload.key(), size, state.head().plan().size()),
          null);
    try {
      Optional<String> _ = sum().compared(found.get());
    } catch (WrongBytesException e) {
      throw new UploadException.WrongObject(
          "%s is not what was sent: delete it and send it again: %s"
              .formatted(upload.key(), e.getMessage()),
          e);
    }
  }

  private Optional<ObjectDetails> describe() {
    try {
      return Optional.of(store.describe(upload.key()));
    } catch (StoreException e) {
      return Optional.empty(); // who may write need not be allowed to read
    }
  }

  /** Of the bytes of the file that were sent, whatever the store has summed. */
  private SentSum sum() {
    var sum = new SentSum();
    for (SentPart part : state.parts().values())
      sum.accept(new Part(part.number(), part.part().tag(), part.size(), part.sum()));
    return sum;
  }
}
