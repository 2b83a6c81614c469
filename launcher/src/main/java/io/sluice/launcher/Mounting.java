package io.sluice.launcher;

import io.sluice.cache.BlockCache;
import io.sluice.cache.CacheException;
import io.sluice.cache.CacheStatistics;
import io.sluice.fs.BucketFileSystem;
import io.sluice.fs.SteadyClock;
import io.sluice.fs.fuse.FuseMount;
import io.sluice.fs.fuse.MountException;
import io.sluice.store.CountingStore;
import io.sluice.store.ObjectStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The object graph of a mount, and its life: store, cache, file system and transport are opened in
 * this order and closed in the reverse one.
 */
final class Mounting {
  private static final Logger LOG = LoggerFactory.getLogger(Mounting.class);

  private final MountRequest request;
  private final String cacheBound;

  Mounting(MountRequest request, String cacheBound) {
    this.request = request;
    this.cacheBound = cacheBound;
  }

  /** Mounts, serves, and returns when it is unmounted; where it fails, nothing is left mounted. */
  void run(StopSignals stop) throws Failure {
    try (BucketConnection bucket = BucketConnection.open(request.bucket())) {
      FuseMount.prepare(request.mountPoint(), request.kernel());
      ObjectStore store = bucket.store();
      try (BlockCache cache =
          BlockCache.open(request.cache(), request.bucket().identity(), store)) {
        bucket.awaitAnswer();
        serve(store, cache, stop);
        LOG.info("{}", summary(bucket.counts(), cache.statistics()));
      }
    } catch (MountException e) {
      throw Failure.of(e);
    } catch (CacheException e) {
      throw Failure.of(e);
    }
  }

  private void serve(ObjectStore store, BlockCache cache, StopSignals stop)
      throws MountException, Failure {
    stop.mounting();
    try (var fs = new BucketFileSystem(store, cache, request.files(), new SteadyClock());
        FuseMount mount = FuseMount.mount(fs, request.mountPoint(), request.kernel())) {
      System.err.println(
          "sluice: mounted %s at %s (read-only), cache %s (%s)"
              .formatted(
                  request.bucket().address(),
                  request.mountPoint(),
                  request.cache().directory(),
                  cacheBound));
      switch (stop.await(mount)) {
        case SIGNAL -> LOG.info("stopping: unmounting {}", request.mountPoint());
        case UNMOUNTED -> LOG.info("{} was unmounted", request.mountPoint());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.unexpected(e);
    }
  }

  private static String summary(CountingStore.Counts asked, CacheStatistics cached) {
    return "readers got %s; the store gave %s in %d GETs, %d LISTs, %d HEADs; the cache holds %s"
        .formatted(
            new ByteSize(cached.served()),
            new ByteSize(asked.bytes()),
            asked.gets(),
            asked.lists(),
            asked.heads(),
            new ByteSize(Math.max(0, cached.used())));
  }
}
