package io.sluice.store.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.store.ByteRange;
import io.sluice.store.ListPage;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the parts of the {@link StoreContract} share: a bucket for each test, and short words. */
abstract class ContractPart {
  private static final Logger LOG = LoggerFactory.getLogger(StoreContract.class);

  private Optional<ContractBucket> bucket = Optional.empty();

  abstract ContractBucket emptyBucket() throws Exception;

  @BeforeEach
  void openBucket() throws Exception {
    bucket = Optional.of(emptyBucket());
  }

  @AfterEach
  void closeBucket() {
    bucket.ifPresent(ContractBucket::close);
  }

  final ObjectStore store() {
    return bucket.orElseThrow().store();
  }

  final void put(String key, String text) throws Exception {
    put(key, text.getBytes(UTF_8));
  }

  final void put(String key, byte[] bytes) throws Exception {
    bucket.orElseThrow().put(key, bytes);
  }

  final void putAll(String... keys) throws Exception {
    for (String key : keys) put(key, "of " + key);
  }

  final void putInParallel(List<String> keys) throws Exception {
    var puts = new ArrayList<Future<?>>();
    try (var threads = Executors.newFixedThreadPool(ContractBucket.CONNECTIONS)) {
      for (String key : keys)
        puts.add(
            threads.submit(
                () -> {
                  put(key, "x");
                  return key;
                }));
      for (Future<?> put : puts) put.get(300, TimeUnit.SECONDS);
    }
  }

  final void delete(String key) throws Exception {
    bucket.orElseThrow().delete(key);
  }

  /** Skips the test where the store cannot do that, and says why. */
  final void needs(ContractBucket.Ability ability) {
    String gap = bucket.orElseThrow().gaps().get(ability);
    if (gap != null) LOG.warn("skipped: no {} here: {}", ability, gap);
    Assumptions.assumeTrue(gap == null, gap);
  }

  /** Skips the test where the store can do that. */
  final void lacks(ContractBucket.Ability ability) {
    Assumptions.assumeTrue(bucket.orElseThrow().gaps().containsKey(ability), "it has " + ability);
  }

  final byte[] read(ObjectVersion version, long start, long end) throws Exception {
    try (InputStream body = store().open(version, new ByteRange(start, end))) {
      return body.readAllBytes();
    }
  }

  final String text(ObjectVersion version, long start, long end) throws Exception {
    return new String(read(version, start, end), UTF_8);
  }

  /** All pages, the first one included. */
  final List<ListPage> pages(ListRequest first) throws Exception {
    var pages = new ArrayList<ListPage>();
    ListPage page = store().list(first);
    pages.add(page);
    while (page.next().isPresent()) {
      if (pages.size() > 5000) throw new AssertionError("a listing without end: " + first);
      page = store().list(first.nextAfter(page.next().get()));
      pages.add(page);
    }
    return pages;
  }

  final List<String> keys(ListRequest first) throws Exception {
    return pages(first).stream()
        .flatMap(page -> page.objects().stream())
        .map(object -> object.key())
        .toList();
  }

  final List<String> prefixes(ListRequest first) throws Exception {
    return pages(first).stream().flatMap(page -> page.prefixes().stream()).toList();
  }

  /** Bytes in which a shift by one shows. */
  static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
