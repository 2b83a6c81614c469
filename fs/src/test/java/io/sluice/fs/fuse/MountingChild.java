package io.sluice.fs.fuse;

import io.sluice.store.testkit.MemoryStore;
import java.nio.file.Path;
import java.util.List;

/** A process that mounts a bucket of one object and stays until it is killed. */
final class MountingChild {
  private MountingChild() {}

  public static void main(String[] arguments) throws Exception {
    var store = new MemoryStore();
    store.put("größe", "text");
    var options =
        MountOptions.of("s3://child").withExtra(List.of(arguments).subList(1, arguments.length));
    try (var bucket = new BucketForTest(store);
        var mount = FuseMount.mount(bucket.fs(), Path.of(arguments[0]), options)) {
      System.out.println("ready");
      mount.awaitUnmounted();
    }
  }
}
