package io.sluice.fs.fuse;

/** Which users may enter the mount. */
public enum Access {
  /** Only the user who mounts: the kernel's default. */
  OWNER,
  /** The user who mounts, and root. */
  ROOT,
  /** Everybody, within the permission bits. */
  EVERYONE
}
