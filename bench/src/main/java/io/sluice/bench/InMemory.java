package io.sluice.bench;

import io.sluice.cache.CachedObject;
import io.sluice.cache.ObjectOpener;
import io.sluice.store.ByteRange;
import io.sluice.store.ListPage;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectVersion;
import io.sluice.store.ReadOnlyStore;
import io.sluice.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * A bucket of files one of which is in memory, and a cache that never has to look further: what a
 * file system costs when its bytes cost nothing.
 */
final class InMemory extends ReadOnlyStore implements ObjectOpener {
  private final FileBuckets buckets;
  private final String bucket;
  private final ObjectVersion object;
  private final MemorySegment bytes;

  /**
   * A bucket of files, one of them in memory.
   *
   * @param object what can be opened
   * @param bytes of it, all of them present
   */
  InMemory(FileBuckets buckets, String bucket, ObjectVersion object, MemorySegment bytes) {
    this.buckets = buckets;
    this.bucket = bucket;
    this.object = object;
    this.bytes = bytes;
  }

  @Override
  public ObjectMeta head(String key) throws StoreException {
    try {
      return buckets
          .find(bucket, key)
          .orElseThrow(() -> new StoreException.NotFound("no object " + key, null));
    } catch (StoreException e) {
      throw e;
    } catch (IOException e) {
      throw new StoreException.Unavailable("cannot look at " + key, e);
    }
  }

  @Override
  public ListPage list(ListRequest request) throws StoreException {
    try {
      return buckets.list(bucket, request);
    } catch (IOException e) {
      throw new StoreException.Unavailable("cannot list " + bucket, e);
    }
  }

  @Override
  public InputStream open(ObjectVersion version, ByteRange range) throws StoreException {
    throw new StoreException.Unsupported("bytes come from memory only: " + version.key(), null);
  }

  @Override
  public CachedObject open(ObjectVersion version) {
    return new Opening(version);
  }

  @Override
  public void close() {
    // The memory is its owner's.
  }

  private final class Opening implements CachedObject {
    private final ObjectVersion version;

    private Opening(ObjectVersion version) {
      this.version = version;
    }

    @Override
    public ObjectVersion version() {
      return version;
    }

    @Override
    public int read(long offset, ByteBuffer into) throws StoreException {
      if (!version.equals(object))
        throw new StoreException.Unsupported("not in memory: " + version.key(), null);
      int length = Math.clamp(bytes.byteSize() - offset, 0, into.remaining());
      MemorySegment.copy(bytes, offset, MemorySegment.ofBuffer(into), 0, length);
      into.position(into.position() + length);
      return length;
    }

    @Override
    public void close() {
      // Nothing was opened.
    }
  }
}
