package io.sluice.fs.fuse;

import io.sluice.fs.BucketFileSystem;
import io.sluice.fs.FsSettings;
import io.sluice.fs.Ownership;
import io.sluice.fs.SteadyClock;
import io.sluice.store.ObjectStore;
import io.sluice.store.testkit.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A bucket in memory, mounted for a test at a directory of its own; closed, nothing is left. */
final class TestMount implements AutoCloseable {
  private final Path mountPoint;
  private final BucketFileSystem fs;
  private final StraightOpener opener;
  private final FuseMount mount;

  private TestMount(Path mountPoint, ObjectStore store, Duration ttl, MountOptions options)
      throws MountException {
    this.mountPoint = mountPoint;
    this.opener = new StraightOpener(store);
    var settings = FsSettings.of(Ownership.readOnly(1234, 5678)).withMetadataTtl(ttl);
    this.fs = new BucketFileSystem(store, opener, settings, new SteadyClock());
    this.mount = FuseMount.mount(fs, mountPoint, options);
  }

  static TestMount of(ObjectStore store) throws IOException, MountException {
    return of(store, Duration.ofMinutes(1), MountOptions.of("s3://test"));
  }

  static TestMount of(MemoryStore store, Duration ttl) throws IOException, MountException {
    return of(store, ttl, MountOptions.of("s3://test"));
  }

  static TestMount of(ObjectStore store, Duration ttl, MountOptions options)
      throws IOException, MountException {
    Path mountPoint = Files.createTempDirectory("sluice-mount");
    try {
      return new TestMount(mountPoint, store, ttl, options);
    } catch (MountException e) {
      Files.delete(mountPoint);
      throw e;
    }
  }

  FuseMount mount() {
    return mount;
  }

  Path path() {
    return mountPoint;
  }

  Path path(String name) {
    return mountPoint.resolve(name);
  }

  /** Objects that were opened and are not closed. */
  int openObjects() {
    return opener.open();
  }

  @Override
  public void close() throws IOException {
    try {
      mount.close();
    } finally {
      Remains.unmount(mountPoint);
      fs.close();
      Files.deleteIfExists(mountPoint);
    }
  }
}
