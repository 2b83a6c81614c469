package io.sluice.fs.fuse;

import java.io.IOException;
import java.nio.file.Path;

/** What a failed test would leave mounted. */
final class Remains {
  private Remains() {}

  /** Detaches everything of ours at a place; nothing where nothing is. */
  static void unmount(Path mountPoint) throws IOException {
    while (MountTable.isMounted(mountPoint)) {
      byte[] place = Libc.path(MountTable.whereItIs(mountPoint));
      if (Libc.C.umount2(place, Libc.MNT_DETACH | Libc.MNT_FORCE) != 0)
        throw new IOException("cannot unmount " + mountPoint + ": errno " + Libc.errno());
    }
  }
}
