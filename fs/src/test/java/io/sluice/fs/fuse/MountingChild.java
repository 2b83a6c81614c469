package io.sluice.fs.fuse;

import io.sluice.fs.BucketFileSystem;
import io.sluice.fs.FsSettings;
import io.sluice.fs.Ownership;
import io.sluice.fs.SteadyClock;
import io.sluice.store.testkit.MemoryStore;
import java.nio.file.Path;
import java.util.List;

/** A process that mounts a bucket of one object and stays until it is killed. */
final class MountingChild {
  private MountingChild() {}

  public static void main(String[] arguments) throws Exception {
    var store = new MemoryStore();
    store.put("größe", "text");
    var settings = FsSettings.of(Ownership.readOnly(0, 0));
    var fs = new BucketFileSystem(store, new StraightOpener(store), settings, new SteadyClock());
    var options = MountOptions.of("s3://child").withExtra(List.of(arguments).subList(1, arguments.length));
    FuseMount mount = FuseMount.mount(fs, Path.of(arguments[0]), options);
    System.out.println("ready");
    mount.awaitUnmounted();
  }
}
