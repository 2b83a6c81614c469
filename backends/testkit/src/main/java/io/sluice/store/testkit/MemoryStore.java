package io.sluice.store.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.store.ByteRange;
import io.sluice.store.ListPage;
import io.sluice.store.ListRequest;
import io.sluice.store.MultipartUploads;
import io.sluice.store.ObjectAttributes;
import io.sluice.store.ObjectDetails;
import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Payload;
import io.sluice.store.Precondition;
import io.sluice.store.Presign;
import io.sluice.store.PutOptions;
import io.sluice.store.StoreException;
import io.sluice.store.WatchedPayload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bucket in memory, for tests: stricter than a real one. Keys are listed in the order of their
 * UTF-8 bytes, every put makes a new version, and it counts the bodies that nobody closed and the
 * uploads that nobody ended.
 */
public final class MemoryStore implements ObjectStore {
  private record Stored(ObjectMeta meta, ByteBuffer bytes, ObjectAttributes attributes) {}

  private static final Comparator<String> BYTE_ORDER =
      (a, b) -> Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8));

  private final ConcurrentSkipListMap<String, Stored> objects =
      new ConcurrentSkipListMap<>(BYTE_ORDER);
  private static final Instant WRITTEN = Instant.ofEpochSecond(1_700_000_000);

  private final MemoryUploads uploads = new MemoryUploads(this);
  private final AtomicInteger versions = new AtomicInteger();
  private final AtomicInteger openBodies = new AtomicInteger();

  /** Puts an object, replacing what was there, and says which version it became. */
  public ObjectMeta put(String key, byte[] bytes) {
    return put(key, bytes, WRITTEN);
  }

  public ObjectMeta put(String key, byte[] bytes, Instant lastModified) {
    Stored stored = stored(key, bytes.clone(), lastModified, ObjectAttributes.NONE);
    objects.put(key, stored);
    return stored.meta();
  }

  private Stored stored(
      String key, byte[] bytes, Instant lastModified, ObjectAttributes attributes) {
    String tag = "v" + versions.incrementAndGet();
    var meta = new ObjectMeta(new ObjectVersion(key, tag, bytes.length), lastModified);
    return new Stored(meta, ByteBuffer.wrap(bytes), attributes);
  }

  public ObjectMeta put(String key, String text) {
    return put(key, text.getBytes(UTF_8));
  }

  public void remove(String key) {
    objects.remove(key);
  }

  /** Bodies opened and not closed: zero at the end of every test. */
  public int openBodies() {
    return openBodies.get();
  }

  @Override
  public ObjectMeta head(String key) throws StoreException {
    return stored(key).meta();
  }

  /** They are not told. */
  @Override
  public List<Long> partSizes(ObjectVersion version) {
    return List.of();
  }

  @Override
  public ListPage list(ListRequest request) {
    List<ObjectMeta> found = new ArrayList<>();
    List<String> prefixes = new ArrayList<>();
    String last = null;
    for (var entry : objects.tailMap(request.prefix(), true).entrySet()) {
      String key = entry.getKey();
      if (!key.startsWith(request.prefix())) break;
      String shown = rolledUp(key, request).orElse(key);
      if (shown.equals(last) || isAtOrBefore(shown, request.after())) continue;
      if (found.size() + prefixes.size() == request.maxKeys())
        return new ListPage(found, prefixes, Optional.ofNullable(last));
      if (shown.equals(key) && !endsARollUp(key, request)) found.add(entry.getValue().meta());
      else prefixes.add(shown);
      last = shown;
    }
    return new ListPage(found, prefixes, Optional.empty());
  }

  @Override
  public InputStream open(ObjectVersion version, ByteRange range) throws StoreException {
    if (range.end() > version.size())
      throw new StoreException.RangeNotSatisfiable(range + " of " + version, null);
    if (range.isEmpty()) return InputStream.nullInputStream();
    Stored stored = stored(version.key());
    requireSame(version, stored);
    openBodies.incrementAndGet();
    return new Body(stored.bytes().array(), range);
  }

  @Override
  public ObjectDetails describe(String key) throws StoreException {
    Stored stored = stored(key);
    ObjectAttributes attributes = stored.attributes().withTags(Map.of());
    return new ObjectDetails(stored.meta(), attributes, Map.of(), Map.of());
  }

  @Override
  public ObjectVersion put(String key, Payload body, PutOptions options) throws StoreException {
    return write(key, bytes(key, body), options.precondition(), options.attributes());
  }

  private static byte[] bytes(String key, Payload body) throws StoreException {
    var watched = new WatchedPayload(key, body);
    try (InputStream in = watched.open()) {
      return in.readNBytes(Math.toIntExact(body.length()));
    } catch (IOException e) {
      throw watched.reason(new StoreException.Unavailable("the body of " + key, e));
    }
  }

  ObjectVersion write(
      String key, byte[] bytes, Precondition precondition, ObjectAttributes attributes)
      throws StoreException {
    if (key.isEmpty()) throw new StoreException.Invalid("an empty key", null);
    Stored next = stored(key, bytes, WRITTEN, attributes);
    Stored written =
        objects.compute(
            key,
            (_, now) -> {
              boolean holds =
                  switch (precondition) {
                    case Precondition.None _ -> true;
                    case Precondition.Absent _ -> now == null;
                    case Precondition.Unchanged(String tag) ->
                        now != null && now.meta().version().tag().equals(tag);
                  };
              return holds ? next : now;
            });
    if (!next.equals(written)) throw new StoreException.Changed("not written: " + key, null);
    return next.meta().version();
  }

  @Override
  public ObjectVersion copy(ObjectVersion from, String to, PutOptions options)
      throws StoreException {
    Stored source = stored(from.key());
    requireSame(from, source);
    ObjectAttributes attributes =
        options.attributes().isEmpty() ? source.attributes() : options.attributes();
    return write(to, source.bytes().array(), options.precondition(), attributes);
  }

  @Override
  public void delete(String key) {
    remove(key);
  }

  @Override
  public Map<String, String> tags(String key) throws StoreException {
    return stored(key).attributes().tags();
  }

  @Override
  public void setTags(String key, Map<String, String> tags) throws StoreException {
    ObjectAttributes.requireTags(tags);
    Stored tagged =
        objects.computeIfPresent(
            key, (_, now) -> new Stored(now.meta(), now.bytes(), now.attributes().withTags(tags)));
    if (tagged == null) throw new StoreException.NotFound("no object " + key, null);
  }

  @Override
  public URI presign(Presign request) throws StoreException {
    throw new StoreException.Unsupported("memory has no URLs: " + request.key(), null);
  }

  @Override
  public MultipartUploads uploads() {
    return uploads;
  }

  @Override
  public void close() {}

  private static void requireSame(ObjectVersion version, Stored stored) throws StoreException {
    if (!stored.meta().version().equals(version))
      throw new StoreException.Changed(version.key() + " is no longer " + version.tag(), null);
  }

  private Stored stored(String key) throws StoreException {
    Stored stored = objects.get(key);
    if (stored == null) throw new StoreException.NotFound("no object " + key, null);
    return stored;
  }

  private static Optional<String> rolledUp(String key, ListRequest request) {
    return request
        .delimiter()
        .map(delimiter -> key.indexOf(delimiter, request.prefix().length()))
        .filter(at -> at >= 0)
        .map(at -> key.substring(0, at + request.delimiter().orElseThrow().length()));
  }

  private static boolean endsARollUp(String key, ListRequest request) {
    return rolledUp(key, request).isPresent();
  }

  private static boolean isAtOrBefore(String shown, Optional<String> token) {
    return token.isPresent() && BYTE_ORDER.compare(shown, token.get()) <= 0;
  }

  private final class Body extends ByteArrayInputStream {
    private final AtomicBoolean closed = new AtomicBoolean();

    Body(byte[] bytes, ByteRange range) {
      super(bytes, Math.toIntExact(range.start()), Math.toIntExact(range.length()));
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) openBodies.decrementAndGet();
    }
  }
}
