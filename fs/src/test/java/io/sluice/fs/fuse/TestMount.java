package io.sluice.fs.fuse;

import io.sluice.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A bucket in memory, mounted for a test at a directory of its own; closed, nothing is left. */
final class TestMount implements AutoCloseable {
  private final Path mountPoint;
  private final boolean isOwnDirectory;
  private final BucketForTest bucket;
  private final FuseMount mount;

  private TestMount(
      Path mountPoint, boolean isOwnDirectory, ObjectStore store, MountOptions options)
      throws MountException {
    this.mountPoint = mountPoint;
    this.isOwnDirectory = isOwnDirectory;
    this.bucket = new BucketForTest(store);
    this.mount = FuseMount.mount(bucket.fs(), mountPoint, options);
  }

  static TestMount of(ObjectStore store) throws IOException, MountException {
    return of(store, MountOptions.of("s3://test"));
  }

  static TestMount of(ObjectStore store, MountOptions options) throws IOException, MountException {
    Path mountPoint = Files.createTempDirectory("sluice-mount");
    try {
      return new TestMount(mountPoint, true, store, options);
    } catch (MountException e) {
      Files.delete(mountPoint);
      throw e;
    }
  }

  /** At a directory that stays. */
  static TestMount at(Path mountPoint, ObjectStore store) throws MountException {
    return new TestMount(mountPoint, false, store, MountOptions.of("s3://test"));
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
    return bucket.opener().open();
  }

  @Override
  public void close() throws IOException {
    try {
      mount.close();
    } finally {
      Remains.unmount(mountPoint);
      bucket.close();
      if (isOwnDirectory) Files.deleteIfExists(mountPoint);
    }
  }
}
