package io.sluice.store;

import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A store that does something about every request to the one below it. All of them pass through
 * {@link #send}, so none is forgotten when there are new ones; only a body outlives its request, so
 * {@link #open} is each decorator's own.
 */
public abstract class StoreDecorator implements ObjectStore {
  protected final ObjectStore inner;

  protected StoreDecorator(ObjectStore inner) {
    this.inner = inner;
  }

  /**
   * What is about to be asked.
   *
   * @param key or the prefix of keys
   * @param isConditional whether doing it twice can end otherwise than doing it once
   */
  protected record Request(Operation operation, String key, boolean isConditional) {
    static Request of(Operation operation, String key) {
      return new Request(operation, key, false);
    }

    @Override
    public String toString() {
      return operation + " " + key;
    }
  }

  /** The request itself. */
  protected interface Sending<T> {
    T now() throws StoreException;
  }

  /** Has the request made: once, more often, later, or not at all. */
  protected abstract <T> T send(Request request, Sending<T> sending) throws StoreException;

  @Override
  public abstract InputStream open(ObjectVersion version, ByteRange range) throws StoreException;

  @Override
  public ObjectMeta head(String key) throws StoreException {
    return send(Request.of(Operation.HEAD, key), () -> inner.head(key));
  }

  @Override
  public ObjectDetails describe(String key) throws StoreException {
    return send(Request.of(Operation.HEAD, key), () -> inner.describe(key));
  }

  @Override
  public List<Long> partSizes(ObjectVersion version) throws StoreException {
    return send(Request.of(Operation.HEAD, version.key()), () -> inner.partSizes(version));
  }

  @Override
  public ListPage list(ListRequest request) throws StoreException {
    return send(Request.of(Operation.LIST, request.prefix()), () -> inner.list(request));
  }

  @Override
  public ObjectVersion put(String key, Payload body, PutOptions options) throws StoreException {
    return send(
        new Request(Operation.PUT, key, options.isConditional()),
        () -> inner.put(key, body, options));
  }

  @Override
  public ObjectVersion copy(ObjectVersion from, String to, PutOptions options)
      throws StoreException {
    return send(
        new Request(Operation.COPY, to, options.isConditional()),
        () -> inner.copy(from, to, options));
  }

  @Override
  public void delete(String key) throws StoreException {
    send(
        Request.of(Operation.DELETE, key),
        () -> {
          inner.delete(key);
          return key;
        });
  }

  @Override
  public Map<String, String> tags(String key) throws StoreException {
    return send(Request.of(Operation.GET_TAGS, key), () -> inner.tags(key));
  }

  @Override
  public void setTags(String key, Map<String, String> tags) throws StoreException {
    send(
        Request.of(Operation.PUT_TAGS, key),
        () -> {
          inner.setTags(key, tags);
          return key;
        });
  }

  @Override
  public URI presign(Presign request) throws StoreException {
    return inner.presign(request); // which asks nobody
  }

  @Override
  public MultipartUploads uploads() {
    return new Uploads(inner.uploads());
  }

  @Override
  public void close() {
    inner.close();
  }

  private final class Uploads implements MultipartUploads {
    private final MultipartUploads uploads;

    Uploads(MultipartUploads uploads) {
      this.uploads = uploads;
    }

    @Override
    public UploadId create(String key, ObjectAttributes attributes) throws StoreException {
      return send(Request.of(Operation.CREATE_UPLOAD, key), () -> uploads.create(key, attributes));
    }

    @Override
    public Part put(UploadId upload, int number, Payload body) throws StoreException {
      return send(
          Request.of(Operation.PUT_PART, upload.key()), () -> uploads.put(upload, number, body));
    }

    @Override
    public List<Part> parts(UploadId upload) throws StoreException {
      return send(Request.of(Operation.LIST_PARTS, upload.key()), () -> uploads.parts(upload));
    }

    @Override
    public ObjectVersion complete(UploadId upload, List<Part> parts, Precondition precondition)
        throws StoreException {
      // Not conditional: what a repeated one finds is told from what another has written.
      return send(
          Request.of(Operation.COMPLETE_UPLOAD, upload.key()),
          () -> uploads.complete(upload, parts, precondition));
    }

    @Override
    public void abort(UploadId upload) throws StoreException {
      send(
          Request.of(Operation.ABORT_UPLOAD, upload.key()),
          () -> {
            uploads.abort(upload);
            return upload;
          });
    }

    @Override
    public List<PendingUpload> pending(String prefix) throws StoreException {
      return send(Request.of(Operation.LIST_UPLOADS, prefix), () -> uploads.pending(prefix));
    }
  }
}
