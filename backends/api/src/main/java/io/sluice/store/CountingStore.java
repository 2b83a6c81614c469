package io.sluice.store;

import java.io.InputStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** A store that counts what was asked of the one below it, failed requests included. */
public final class CountingStore extends StoreDecorator {
  /**
   * What was asked so far.
   *
   * @param bytes of bodies that arrived
   */
  public record Counts(long heads, long lists, long gets, long bytes) {}

  private final Map<Operation, LongAdder> requests = new EnumMap<>(Operation.class);
  private final LongAdder bytes = new LongAdder();

  public CountingStore(ObjectStore inner) {
    super(inner);
    for (Operation operation : Operation.values()) requests.put(operation, new LongAdder());
  }

  /** The reading requests, and what they brought. */
  public Counts counts() {
    return new Counts(
        count(Operation.HEAD), count(Operation.LIST), count(Operation.GET), bytes.sum());
  }

  /** How often something was asked. */
  public long count(Operation operation) {
    return counter(operation).sum();
  }

  private LongAdder counter(Operation operation) {
    return java.util.Objects.requireNonNull(requests.get(operation)); // each has one
  }

  @Override
  protected <T> T send(Request request, Sending<T> sending) throws StoreException {
    counter(request.operation()).increment();
    return sending.now();
  }

  @Override
  public InputStream open(ObjectVersion version, ByteRange range) throws StoreException {
    if (!range.isEmpty()) counter(Operation.GET).increment(); // an empty one asks nobody
    return new CountedBody(inner.open(version, range), bytes);
  }
}
