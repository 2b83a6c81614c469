package io.sluice.fs.fuse;

import java.util.List;

/**
 * How to mount. What the options of {@code extra} say is added to the rest.
 *
 * @param source what /proc/mounts and {@code df} show, for instance {@code s3://models}
 * @param autoUnmount unmount when the process ends, however it ends; needs fusermount
 * @param extra "-o" options as a user or fstab gives them, one each: {@code noatime}, {@code
 *     max_read=65536}
 */
public record MountOptions(
    String source, Access access, boolean autoUnmount, KernelReading reading, List<String> extra) {
  public MountOptions {
    extra = List.copyOf(extra);
  }

  /** What most mounts want. */
  public static MountOptions of(String source) {
    return new MountOptions(source, Access.OWNER, false, KernelReading.DEFAULT, List.of());
  }

  public MountOptions withSource(String source) {
    return new MountOptions(source, access, autoUnmount, reading, extra);
  }

  public MountOptions withAccess(Access access) {
    return new MountOptions(source, access, autoUnmount, reading, extra);
  }

  public MountOptions withAutoUnmount(boolean autoUnmount) {
    return new MountOptions(source, access, autoUnmount, reading, extra);
  }

  public MountOptions withReading(KernelReading reading) {
    return new MountOptions(source, access, autoUnmount, reading, extra);
  }

  public MountOptions withExtra(List<String> extra) {
    return new MountOptions(source, access, autoUnmount, reading, extra);
  }
}
