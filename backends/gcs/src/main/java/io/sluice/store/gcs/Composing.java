package io.sluice.store.gcs;

import com.google.api.services.storage.model.StorageObject;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import io.sluice.store.UploadId;
import java.util.ArrayList;
import java.util.List;

/**
 * One object of many: 32 are all that the server composes at once, so what is composed is composed
 * again. 10,000 parts are 313 objects, those 10, and those the whole.
 */
final class Composing {
  /** As many as one request may name. */
  static final int AT_ONCE = 32;

  private final GcsBucket bucket;
  private final GcsObjects objects;

  Composing(GcsBucket bucket, GcsObjects objects) {
    this.bucket = bucket;
    this.objects = objects;
  }

  /**
   * Makes the whole. What lies on the way is left, as the sources are: below the upload's prefix.
   *
   * @param whole all that is kept with it
   */
  ObjectVersion compose(
      UploadId upload, List<ObjectVersion> sources, StorageObject whole, Terms terms)
      throws StoreException {
    List<ObjectVersion> left = sources;
    for (int level = 1; left.size() > AT_ONCE; level++) left = fewer(upload, level, left);
    StorageObject made = bucket.compose("COMPLETE_UPLOAD", left, upload.key(), whole, terms);
    return objects.meta("COMPLETE_UPLOAD", made).version();
  }

  private List<ObjectVersion> fewer(UploadId upload, int level, List<ObjectVersion> sources)
      throws StoreException {
    var groups = new ArrayList<List<ObjectVersion>>();
    for (int i = 0; i < sources.size(); i += AT_ONCE)
      groups.add(sources.subList(i, Math.min(sources.size(), i + AT_ONCE)));
    return SideBySide.map(
        groups,
        (index, group) -> {
          StorageObject made =
              bucket.compose(
                  "COMPLETE_UPLOAD",
                  group,
                  UploadNames.composed(upload, level, index),
                  UploadNames.describedPart(upload),
                  Terms.NONE);
          return objects.meta("COMPLETE_UPLOAD", made).version();
        });
  }
}
