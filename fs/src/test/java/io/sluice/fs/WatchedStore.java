package io.sluice.fs;

import io.sluice.store.ByteRange;
import io.sluice.store.ListPage;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import io.sluice.store.testkit.PassingStore;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Notes every request, lets a test fail or hold it, and can make pages tiny. */
final class WatchedStore extends PassingStore {
  /** Called with each request, such as "HEAD a/b" or "LIST a/", before it is sent. */
  @FunctionalInterface
  interface Interference {
    void on(String request) throws StoreException;
  }

  static final Interference UNAVAILABLE =
      request -> {
        throw new StoreException.Unavailable("nobody answers " + request, null);
      };

  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private volatile Interference interference = _ -> {};
  private volatile int pageSize = ListRequest.MAX_KEYS;

  WatchedStore(ObjectStore store) {
    super(store);
  }

  void interfere(Interference interference) {
    this.interference = interference;
  }

  void stopInterfering() {
    interfere(_ -> {});
  }

  void pageSize(int keys) {
    pageSize = keys;
  }

  /** What was asked since the last time. */
  List<String> takeRequests() {
    synchronized (requests) {
      List<String> taken = List.copyOf(requests);
      requests.clear();
      return taken;
    }
  }

  @Override
  public ObjectMeta head(String key) throws StoreException {
    note("HEAD " + key);
    return super.head(key);
  }

  @Override
  public ListPage list(ListRequest request) throws StoreException {
    note("LIST " + request.prefix());
    return super.list(request.withMaxKeys(Math.min(pageSize, request.maxKeys())));
  }

  @Override
  public InputStream open(ObjectVersion version, ByteRange range) throws StoreException {
    note("GET " + version.key());
    return super.open(version, range);
  }

  private void note(String request) throws StoreException {
    requests.add(request);
    interference.on(request);
  }
}
