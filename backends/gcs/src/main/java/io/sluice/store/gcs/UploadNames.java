package io.sluice.store.gcs;

import com.google.api.services.storage.model.StorageObject;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectAttributes;
import io.sluice.store.Part;
import io.sluice.store.UploadId;
import java.util.Optional;
import java.util.UUID;

/**
 * Where the objects of an upload in parts lie until it is one object: what is begun in one place,
 * so that one listing tells all, its parts in another.
 */
final class UploadNames {
  /** Not listed: until it is completed an upload is not seen. */
  static final String PREFIX = ".sluice-uploads/";

  static final String BEGUN = PREFIX + "begun/";
  private static final String PARTS = PREFIX + "parts/";

  private UploadNames() {}

  /** Its id tells the storage class: what is composed has that of its parts. */
  static UploadId begin(String key, Optional<String> storageClass) {
    String id = UUID.randomUUID().toString();
    return new UploadId(key, storageClass.map(name -> id + "." + name).orElse(id));
  }

  /** What is kept with a part, and with what is composed of parts on the way. */
  static StorageObject describedPart(UploadId upload) {
    StorageObject part = GcsObjects.described(ObjectAttributes.NONE);
    int dot = upload.id().indexOf('.');
    return dot < 0 ? part : part.setStorageClass(upload.id().substring(dot + 1));
  }

  /** The object that says that there is such an upload, and what its object is to be. */
  static String begun(UploadId upload) {
    return BEGUN + upload.id();
  }

  /** Of all that belongs to an upload, but for {@link #begun}. */
  static String partsOf(UploadId upload) {
    return PARTS + upload.id() + "/";
  }

  static String part(UploadId upload, int number) {
    return partsOf(upload) + "%05d".formatted(number);
  }

  /** The number of a part; absent for what is composed of parts. */
  static Optional<Integer> number(UploadId upload, String key) {
    String rest = key.substring(partsOf(upload).length());
    if (!rest.matches("\\d{5}")) return Optional.empty();
    int number = Integer.parseInt(rest);
    return number >= 1 && number <= Part.MOST ? Optional.of(number) : Optional.empty();
  }

  /** What is made of parts, on the way to the whole. */
  static String composed(UploadId upload, int level, int index) {
    return "%sof-level-%d/%05d".formatted(partsOf(upload), level, index);
  }

  /** Whether a listing shows a key or a rolled-up prefix. */
  static boolean isShown(ListRequest request, String key) {
    return !key.startsWith(PREFIX) || request.prefix().startsWith(PREFIX);
  }
}
