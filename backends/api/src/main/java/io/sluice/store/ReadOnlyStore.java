package io.sluice.store;

import java.net.URI;
import java.util.List;
import java.util.Map;

/** A store whose objects come from elsewhere: whatever writes is refused. */
public abstract class ReadOnlyStore implements ObjectStore {
  private static StoreException.Unsupported refusal(String key) {
    return new StoreException.Unsupported("this store cannot be written: " + key, null);
  }

  /** What {@code head} tells, and nothing more. */
  @Override
  public ObjectDetails describe(String key) throws StoreException {
    return new ObjectDetails(head(key), ObjectAttributes.NONE, Map.of(), Map.of());
  }

  @Override
  public List<Long> partSizes(ObjectVersion version) throws StoreException {
    return List.of();
  }

  @Override
  public final ObjectVersion put(String key, Payload body, PutOptions options)
      throws StoreException {
    throw refusal(key);
  }

  @Override
  public final ObjectVersion copy(ObjectVersion from, String to, PutOptions options)
      throws StoreException {
    throw refusal(to);
  }

  @Override
  public final void delete(String key) throws StoreException {
    throw refusal(key);
  }

  @Override
  public final Map<String, String> tags(String key) throws StoreException {
    throw new StoreException.Unsupported("this store has no tags: " + key, null);
  }

  @Override
  public final void setTags(String key, Map<String, String> tags) throws StoreException {
    throw refusal(key);
  }

  @Override
  public final URI presign(Presign request) throws StoreException {
    throw new StoreException.Unsupported("this store has no URLs: " + request.key(), null);
  }

  @Override
  public final MultipartUploads uploads() {
    return NoUploads.INSTANCE;
  }

  private enum NoUploads implements MultipartUploads {
    INSTANCE;

    @Override
    public UploadId create(String key, ObjectAttributes attributes) throws StoreException {
      throw refusal(key);
    }

    @Override
    public Part put(UploadId upload, int number, Payload body) throws StoreException {
      throw refusal(upload.key());
    }

    @Override
    public List<Part> parts(UploadId upload) throws StoreException {
      throw refusal(upload.key());
    }

    @Override
    public ObjectVersion complete(UploadId upload, List<Part> parts, Precondition precondition)
        throws StoreException {
      throw refusal(upload.key());
    }

    @Override
    public void abort(UploadId upload) throws StoreException {
      throw refusal(upload.key());
    }

    @Override
    public List<PendingUpload> pending(String prefix) {
      return List.of();
    }
  }
}
