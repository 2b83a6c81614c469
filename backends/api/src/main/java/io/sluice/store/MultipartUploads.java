package io.sluice.store;

import java.util.List;

/**
 * Objects that are written in parts: in any order, many at once, over more than one life of a
 * program. Until it is completed an upload is not seen, and until it is completed or aborted its
 * parts cost what storage costs; {@link io.sluice.store.transfer.MultipartUpload} sees to it that
 * it is one or the other. For many threads at once.
 */
public interface MultipartUploads {
  /** Begins an upload. */
  UploadId create(String key, ObjectAttributes attributes) throws StoreException;

  /**
   * Sends a part, replacing what was sent under its number before.
   *
   * @param number 1 to {@link Part#MOST}
   * @param body 5 MiB to 5 GiB; the last part may be shorter
   * @throws StoreException.NotFound where there is no such upload any more
   */
  Part put(UploadId upload, int number, Payload body) throws StoreException;

  /** What the store has of an upload, by number. */
  List<Part> parts(UploadId upload) throws StoreException;

  /**
   * Makes the parts the object, in the order of their numbers. Where the answer to an earlier
   * attempt was lost, the object itself tells that it was done.
   *
   * @param parts one at least, numbered from 1; AWS refuses holes
   * @throws StoreException.Changed where the precondition does not hold; the upload stays
   * @throws StoreException.NotFound where there is no such upload, and no object made of it
   */
  ObjectVersion complete(UploadId upload, List<Part> parts, Precondition precondition)
      throws StoreException;

  /** Ends an upload, and what was sent of it goes; nothing to do where there is none. */
  void abort(UploadId upload) throws StoreException;

  /** Those for keys with a prefix, oldest first within a key; all pages. */
  List<PendingUpload> pending(String prefix) throws StoreException;
}
