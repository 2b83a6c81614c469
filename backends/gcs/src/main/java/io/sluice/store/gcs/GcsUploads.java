package io.sluice.store.gcs;

import com.google.api.services.storage.model.Objects;
import com.google.api.services.storage.model.StorageObject;
import io.sluice.store.ListRequest;
import io.sluice.store.MultipartUploads;
import io.sluice.store.ObjectAttributes;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Part;
import io.sluice.store.Payload;
import io.sluice.store.PendingUpload;
import io.sluice.store.Precondition;
import io.sluice.store.StoreException;
import io.sluice.store.StoredCrc32c;
import io.sluice.store.UploadId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Uploads in parts, by composing: parts are objects of their own, of which the server makes one.
 * Cloud Storage's own uploads in parts know no preconditions, and these must.
 */
final class GcsUploads implements MultipartUploads {
  private static final Logger LOG = LoggerFactory.getLogger(GcsUploads.class);
  private static final String KEY = "sluice-key";
  private static final String ACL = "sluice-acl";
  private static final String PART_FIELDS = "name,generation,size,updated,crc32c";
  private static final String BEGUN_FIELDS = "name,timeCreated,metadata";

  private final GcsBucket bucket;
  private final GcsObjects objects;
  private final Composing composing;

  GcsUploads(GcsBucket bucket, GcsErrors errors) {
    this.bucket = bucket;
    this.objects = new GcsObjects(errors);
    this.composing = new Composing(bucket, objects);
  }

  /** The mark is an empty object with all that the whole one is to have, and its key. */
  @Override
  public UploadId create(String key, ObjectAttributes attributes) throws StoreException {
    bucket.requireKey("CREATE_UPLOAD", key);
    GcsStore.requireNoTags(key, attributes);
    var upload = UploadNames.begin(key, attributes.storageClass());
    StorageObject mark = GcsObjects.described(attributes);
    var metadata = new HashMap<>(attributes.metadata());
    metadata.put(KEY, key);
    attributes.acl().ifPresent(acl -> metadata.put(ACL, Terms.named(acl)));
    bucket.insert(
        "CREATE_UPLOAD",
        UploadNames.begun(upload),
        Payload.of(new byte[0]),
        mark.setMetadata(metadata),
        Terms.NONE);
    return upload;
  }

  /** Whether there still is such an upload is asked last: then what is aborted leaves nothing. */
  @Override
  public Part put(UploadId upload, int number, Payload body) throws StoreException {
    Part.requireNumber(number);
    String name = UploadNames.part(upload, number);
    StorageObject sent =
        bucket.insert("PUT_PART", name, body, UploadNames.describedPart(upload), Terms.NONE);
    try {
      requireBegun("PUT_PART", upload);
    } catch (StoreException.NotFound e) {
      bucket.delete("PUT_PART", name);
      throw e;
    }
    return part(number, sent);
  }

  private Part part(int number, StorageObject object) throws StoreException {
    ObjectVersion version = objects.meta("PUT_PART", object).version();
    return new Part(
        number, version.tag(), version.size(), StoredCrc32c.decoded(object.getCrc32c()));
  }

  private StorageObject requireBegun(String operation, UploadId upload) throws StoreException {
    try {
      StorageObject mark = bucket.get(operation, UploadNames.begun(upload), true);
      if (keyOf(mark).filter(upload.key()::equals).isPresent()) return mark;
    } catch (StoreException.NotFound e) {
      throw new StoreException.NotFound(missing(upload), e);
    }
    throw new StoreException.NotFound(missing(upload), null);
  }

  private static String missing(UploadId upload) {
    return "no upload %s of %s: completed, aborted, or never begun"
        .formatted(upload.id(), upload.key());
  }

  private static Optional<String> keyOf(StorageObject mark) {
    return Optional.ofNullable(mark.getMetadata()).map(metadata -> metadata.get(KEY));
  }

  @Override
  public List<Part> parts(UploadId upload) throws StoreException {
    requireBegun("LIST_PARTS", upload);
    return sent(upload);
  }

  private List<Part> sent(UploadId upload) throws StoreException {
    var parts = new ArrayList<Part>();
    for (StorageObject object : all("LIST_PARTS", UploadNames.partsOf(upload), PART_FIELDS)) {
      Optional<Integer> number = UploadNames.number(upload, object.getName());
      if (number.isPresent()) parts.add(part(number.get(), object));
    }
    return parts;
  }

  @Override
  public ObjectVersion complete(UploadId upload, List<Part> parts, Precondition precondition)
      throws StoreException {
    if (parts.isEmpty()) throw new StoreException.Invalid("no parts of " + upload, null);
    ObjectVersion made;
    try {
      StorageObject mark = requireBegun("COMPLETE_UPLOAD", upload);
      Optional<ObjectVersion> before = madeOf(upload);
      made = before.isPresent() ? before.get() : composed(upload, mark, parts, precondition);
    } catch (StoreException.NotFound | StoreException.Changed e) {
      // Gone, or its condition broken, by an attempt of ours whose answer was lost.
      return madeOf(upload).orElseThrow(() -> e);
    }
    tidyUp(upload);
    return made;
  }

  /** The object is there; that parts could not be deleted does not make it less so. */
  private void tidyUp(UploadId upload) {
    try {
      abort(upload);
    } catch (StoreException e) {
      LOG.warn("parts of {} are left, upload {}: {}", upload.key(), upload.id(), e.getMessage());
    }
  }

  private ObjectVersion composed(
      UploadId upload, StorageObject mark, List<Part> parts, Precondition precondition)
      throws StoreException {
    if (!new HashSet<>(sent(upload)).containsAll(parts))
      throw new StoreException.Invalid(
          "not the parts that were sent of %s: %s".formatted(upload.key(), upload.id()), null);
    var sources = new ArrayList<ObjectVersion>();
    for (Part part : parts.stream().sorted(Comparator.comparingInt(Part::number)).toList())
      sources.add(
          new ObjectVersion(UploadNames.part(upload, part.number()), part.tag(), part.size()));
    var metadata = new HashMap<>(Optional.ofNullable(mark.getMetadata()).orElse(Map.of()));
    metadata.remove(KEY);
    Optional<String> acl = Optional.ofNullable(metadata.remove(ACL));
    metadata.put(GcsObjects.MADE_BY, upload.id());
    StorageObject whole = GcsObjects.described(GcsObjects.attributes(mark)).setMetadata(metadata);
    return composing.compose(upload, sources, whole, new Terms(precondition, acl));
  }

  /** The object, where it is made of this upload already. */
  private Optional<ObjectVersion> madeOf(UploadId upload) throws StoreException {
    try {
      StorageObject object = bucket.get("COMPLETE_UPLOAD", upload.key(), true);
      boolean isOurs =
          object.getMetadata() != null
              && upload.id().equals(object.getMetadata().get(GcsObjects.MADE_BY));
      return isOurs
          ? Optional.of(objects.meta("COMPLETE_UPLOAD", object).version())
          : Optional.empty();
    } catch (StoreException.NotFound e) {
      return Optional.empty();
    }
  }

  /** A part that is sent meanwhile is deleted by its sender, or by the second look. */
  @Override
  public void abort(UploadId upload) throws StoreException {
    deleteParts(upload);
    bucket.delete("ABORT_UPLOAD", UploadNames.begun(upload));
    deleteParts(upload);
  }

  private void deleteParts(UploadId upload) throws StoreException {
    List<StorageObject> left = all("ABORT_UPLOAD", UploadNames.partsOf(upload), "name,generation");
    SideBySide.each(left, object -> bucket.deleteForGood("ABORT_UPLOAD", object));
  }

  @Override
  public List<PendingUpload> pending(String prefix) throws StoreException {
    var pending = new ArrayList<PendingUpload>();
    for (StorageObject mark : all("LIST_UPLOADS", UploadNames.BEGUN, BEGUN_FIELDS)) {
      Optional<String> key = keyOf(mark).filter(name -> name.startsWith(prefix));
      if (key.isEmpty() || mark.getTimeCreated() == null) continue;
      var id = new UploadId(key.get(), mark.getName().substring(UploadNames.BEGUN.length()));
      pending.add(new PendingUpload(id, Instant.ofEpochMilli(mark.getTimeCreated().getValue())));
    }
    pending.sort(PendingUpload.IN_ORDER);
    return pending;
  }

  private List<StorageObject> all(String operation, String prefix, String fields)
      throws StoreException {
    var found = new ArrayList<StorageObject>();
    var request = ListRequest.everything(prefix);
    while (true) {
      Objects page = bucket.list(operation, request, fields);
      if (page.getItems() != null) found.addAll(page.getItems());
      if (page.getNextPageToken() == null) return found;
      request = request.nextAfter(page.getNextPageToken());
    }
  }
}
