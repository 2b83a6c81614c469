package io.sluice.store;

import java.io.InputStream;
import java.util.concurrent.atomic.LongAdder;

/** A store that counts what was asked of the one below it, failed requests included. */
public final class CountingStore implements ObjectStore {
  /**
   * What was asked so far.
   *
   * @param bytes of bodies that arrived
   */
  public record Counts(long heads, long lists, long gets, long bytes) {}

  private final ObjectStore inner;
  private final LongAdder heads = new LongAdder();
  private final LongAdder lists = new LongAdder();
  private final LongAdder gets = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  public CountingStore(ObjectStore inner) {
    this.inner = inner;
  }

  public Counts counts() {
    return new Counts(heads.sum(), lists.sum(), gets.sum(), bytes.sum());
  }

  @Override
  public ObjectMeta head(String key) throws StoreException {
    heads.increment();
    return inner.head(key);
  }

  @Override
  public ListPage list(ListRequest request) throws StoreException {
    lists.increment();
    return inner.list(request);
  }

  @Override
  public InputStream open(ObjectVersion version, ByteRange range) throws StoreException {
    if (!range.isEmpty()) gets.increment(); // an empty one asks nobody
    return new CountedBody(inner.open(version, range), bytes);
  }

  @Override
  public void close() {
    inner.close();
  }
}
