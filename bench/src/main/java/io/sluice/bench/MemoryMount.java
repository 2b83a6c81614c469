package io.sluice.bench;

import io.sluice.fs.BucketFileSystem;
import io.sluice.fs.FsSettings;
import io.sluice.fs.Ownership;
import io.sluice.fs.SteadyClock;
import io.sluice.fs.fuse.FuseMount;
import io.sluice.fs.fuse.MountException;
import io.sluice.fs.fuse.MountOptions;
import io.sluice.store.ObjectMeta;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Mounts a bucket one of whose objects is in memory, by the product's own transport and with its
 * own flags: the limit that FUSE sets.
 *
 * <p>{@code MemoryMount ROOT BUCKET KEY DIRECTORY}; serves until it is asked to end.
 */
final class MemoryMount {
  private MemoryMount() {}

  public static void main(String[] args) throws IOException, MountException, InterruptedException {
    FileBuckets buckets = new FileBuckets(Path.of(args[0]));
    Path file = buckets.file(args[1], args[2]);
    try (FileChannel channel = FileChannel.open(file)) {
      MemorySegment bytes =
          channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.global());
      // Every page is mapped now, so that no fault is taken while somebody waits.
      bytes.load();
      ObjectMeta object = buckets.find(args[1], args[2]).orElseThrow();
      var memory = new InMemory(buckets, args[1], object.version(), bytes);
      FsSettings settings = FsSettings.of(Ownership.readOnly(0, 0));
      try (BucketFileSystem fs = new BucketFileSystem(memory, memory, settings, new SteadyClock());
          FuseMount mount =
              FuseMount.mount(fs, Path.of(args[3]), MountOptions.of("bench-memory"))) {
        Runtime.getRuntime().addShutdownHook(new Thread(mount::close, "unmount"));
        System.out.println("mounted");
        mount.awaitUnmounted();
      }
    }
  }
}
