package io.sluice.launcher.mount;

import io.sluice.cache.BlockCache;
import io.sluice.cache.CacheException;
import io.sluice.cache.CacheStatistics;
import io.sluice.fs.BucketFileSystem;
import io.sluice.fs.SteadyClock;
import io.sluice.fs.fuse.FuseMount;
import io.sluice.fs.fuse.MountException;
import io.sluice.launcher.bucket.BucketConnection;
import io.sluice.launcher.cli.ByteSize;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.StopSignals;
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
          BlockCache.open(request.cache().withOwner(owner()), request.bucket().identity(), store)) {
        bucket.awaitAnswer();
        var figures = new LoadFigures(request, bucket, cache, System::nanoTime);
        try (var reads = ProfiledReads.start(request.profile(), cache);
            var _ = LoadReporting.start(cache.ownerFile(), figures::report, reads::save)) {
          serve(
              new BucketFileSystem(store, reads.opener(), request.files(), new SteadyClock()),
              figures,
              stop);
        }
        LOG.info("{}", summary(bucket.counts(), cache.statistics()));
      }
    } catch (MountException e) {
      throw Failure.of(e);
    } catch (CacheException e) {
      throw Failure.of(e);
    }
  }

  /** Who we are in the data directory, for those who look at it. */
  private String owner() {
    return "mount %s at %s".formatted(request.bucket().address(), request.mountPoint());
  }

  private void serve(BucketFileSystem files, LoadFigures figures, StopSignals stop)
      throws MountException, Failure {
    stop.begun();
    try (files;
        FuseMount mount = FuseMount.mount(files, request.mountPoint(), request.kernel())) {
      figures.mounted(mount.readAheadKb(), mount.readAheadCommand());
      System.err.println(
          "sluice: mounted %s at %s (read-only), cache %s (%s)"
              .formatted(
                  request.bucket().address(),
                  request.mountPoint(),
                  request.cache().directory(),
                  cacheBound));
      EarlyCollection.start();
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
