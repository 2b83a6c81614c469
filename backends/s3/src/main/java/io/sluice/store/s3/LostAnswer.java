package io.sluice.store.s3;

import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Part;
import io.sluice.store.StoreException;
import io.sluice.store.UploadId;
import java.util.List;

/**
 * A completion that is refused because an earlier attempt, whose answer was lost, was done.
 *
 * @param parts of the upload, in their order
 */
record LostAnswer(S3Store store, UploadId upload, List<Part> parts) {
  /**
   * The object, where it is the one that these parts make. The ETag of a multipart object is the
   * MD5 of its parts' MD5s (so at AWS without KMS, MinIO, Ceph and R2); where tags are something
   * else nothing is known.
   *
   * @param reason why the completion was refused
   * @throws StoreException that reason, or that it cannot be told
   */
  ObjectVersion madeBefore(StoreException reason) throws StoreException {
    if (!mayHaveBeenMade(reason)) throw reason;
    ObjectMeta found;
    try {
      found = store.head(upload.key());
    } catch (StoreException.NotFound e) {
      throw reason;
    } catch (StoreException.Denied e) {
      // Who may write need not be allowed to look; and AWS says so of what is not there, too.
      reason.addSuppressed(e);
      throw reason;
    }
    if (Etag.of(parts).filter(found.version().tag()::equals).isPresent()) return found.version();
    if (found.size() == size(parts))
      throw new StoreException.Unavailable(
          "%s: the upload is gone; an object of its size is there, whether it is this one cannot be told"
              .formatted(upload.key()),
          reason);
    throw reason;
  }

  /**
   * Where the upload is gone, an earlier attempt may have been done. Some servers look at the
   * condition first, and find it broken by that very attempt.
   */
  private boolean mayHaveBeenMade(StoreException reason) throws StoreException {
    if (!(reason instanceof StoreException.Changed))
      return reason instanceof StoreException.NotFound;
    try {
      store.uploads().parts(upload);
      return false;
    } catch (StoreException.NotFound e) {
      return true;
    }
  }

  /** Of all parts together, in bytes. */
  static long size(List<Part> parts) {
    return parts.stream().mapToLong(Part::size).sum();
  }
}
