package io.sluice.store.testkit;

import static java.util.Objects.requireNonNull;

import io.sluice.store.MultipartUploads;
import io.sluice.store.ObjectAttributes;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Part;
import io.sluice.store.Payload;
import io.sluice.store.PendingUpload;
import io.sluice.store.Precondition;
import io.sluice.store.StoreException;
import io.sluice.store.UploadId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Uploads in parts to a {@link MemoryStore}. */
final class MemoryUploads implements MultipartUploads {
  private record Sent(Part part, ByteBuffer bytes) {}

  private record Upload(ObjectAttributes attributes, ConcurrentSkipListMap<Integer, Sent> parts) {}

  private final MemoryStore store;
  private final ConcurrentHashMap<UploadId, Upload> uploads = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<UploadId, ObjectVersion> completed = new ConcurrentHashMap<>();
  private final AtomicInteger ids = new AtomicInteger();

  MemoryUploads(MemoryStore store) {
    this.store = store;
  }

  @Override
  public UploadId create(String key, ObjectAttributes attributes) {
    var id = new UploadId(key, "upload-" + ids.incrementAndGet());
    uploads.put(id, new Upload(attributes, new ConcurrentSkipListMap<>()));
    return id;
  }

  @Override
  public Part put(UploadId upload, int number, Payload body) throws StoreException {
    try (InputStream in = body.open()) {
      byte[] bytes = in.readAllBytes();
      var part = new Part(number, "part-" + ids.incrementAndGet(), bytes.length, Optional.empty());
      known(upload).parts().put(number, new Sent(part, ByteBuffer.wrap(bytes)));
      return part;
    } catch (StoreException e) {
      throw e;
    } catch (IOException e) {
      throw new StoreException.Unavailable("reading part " + number, e);
    }
  }

  @Override
  public List<Part> parts(UploadId upload) throws StoreException {
    return known(upload).parts().values().stream().map(Sent::part).toList();
  }

  @Override
  public ObjectVersion complete(UploadId upload, List<Part> parts, Precondition precondition)
      throws StoreException {
    ObjectVersion before = completed.get(upload);
    if (before != null && store.head(upload.key()).version().equals(before)) return before;
    Upload known = known(upload);
    if (parts.isEmpty() || !parts(upload).containsAll(parts))
      throw new StoreException.Invalid("not the parts of " + upload, null);
    var bytes = new ByteArrayOutputStream();
    parts.stream()
        .sorted(Comparator.comparingInt(Part::number))
        .forEach(
            part ->
                bytes.writeBytes(requireNonNull(known.parts().get(part.number())).bytes().array()));
    ObjectVersion version =
        store.write(upload.key(), bytes.toByteArray(), precondition, known.attributes());
    completed.put(upload, version);
    uploads.remove(upload);
    return version;
  }

  @Override
  public void abort(UploadId upload) {
    uploads.remove(upload);
  }

  @Override
  public List<PendingUpload> pending(String prefix) {
    return uploads.keySet().stream()
        .filter(id -> id.key().startsWith(prefix))
        .map(id -> new PendingUpload(id, Instant.EPOCH))
        .sorted(PendingUpload.IN_ORDER)
        .toList();
  }

  private Upload known(UploadId upload) throws StoreException {
    Upload known = uploads.get(upload);
    if (known == null) throw new StoreException.NotFound("no " + upload, null);
    return known;
  }
}
