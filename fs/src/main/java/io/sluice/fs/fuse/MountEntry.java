package io.sluice.fs.fuse;

/**
 * One line of the mount table.
 *
 * @param device of every file in it, as {@code major:minor}
 * @param mountPoint as the kernel shows it, escapes undone
 * @param type {@code fuse.sluice} for ours
 * @param source what was mounted, for instance {@code s3://models}
 */
public record MountEntry(String device, String mountPoint, String type, String source) {
  /** Whether it is a mount of this program, of whichever process. */
  public boolean isOurs() {
    return type.equals("fuse." + KernelOptions.SUBTYPE);
  }

  /** The second half of the device number, by which the kernel knows a FUSE connection. */
  String minor() {
    return device.substring(device.indexOf(':') + 1);
  }
}
