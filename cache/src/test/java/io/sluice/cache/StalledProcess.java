package io.sluice.cache;

import io.sluice.cache.CacheSettings.Fetching;
import io.sluice.cache.CacheSettings.Space;
import io.sluice.cache.CacheSettings.Spans;
import io.sluice.store.ByteRange;
import io.sluice.store.ListPage;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectVersion;
import io.sluice.store.ReadOnlyStore;
import io.sluice.store.StoreException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;

/** A process that reads an object through a cache and never gets a byte: it says so, and waits. */
@NullMarked
final class StalledProcess {
  private StalledProcess() {}

  /** Starts it; its standard output has one line as soon as it fetches. */
  static Process start(Path directory, ObjectVersion version) throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new ProcessBuilder(
            List.of(
                java.toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                StalledProcess.class.getName(),
                directory.toString(),
                version.key(),
                version.tag(),
                Long.toString(version.size())))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  public static void main(String[] arguments) throws Exception {
    var fetching =
        new Fetching(
            CacheSettings.Requests.fixed(1),
            new Spans(8, 32, 256),
            Duration.ofSeconds(60),
            WholeFiles.USUAL.withModels(List.of(KeyPattern.parse("*.model"))));
    var settings =
        new CacheSettings(
            Path.of(arguments[0]),
            new Space(CacheFixture.PLENTY, 0),
            CacheFixture.BLOCK,
            fetching,
            CacheFixture.BOOT,
            "stalled");
    var version = new ObjectVersion(arguments[1], arguments[2], Long.parseLong(arguments[3]));
    try (var cache = BlockCache.open(settings, "test", new StalledStore());
        var object = cache.open(version)) {
      int _ = object.read(0, ByteBuffer.allocate((int) version.size()));
    }
  }

  private static final class StalledStore extends ReadOnlyStore {
    @Override
    public InputStream open(ObjectVersion version, ByteRange range) throws StoreException {
      System.out.println("fetching " + range);
      try {
        boolean _ = new CountDownLatch(1).await(60, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new StoreException.Unavailable("stalled", null);
    }

    @Override
    public ObjectMeta head(String key) throws StoreException {
      throw new StoreException.Unavailable("stalled", null);
    }

    @Override
    public ListPage list(ListRequest request) throws StoreException {
      throw new StoreException.Unavailable("stalled", null);
    }

    @Override
    public void close() {}
  }
}
