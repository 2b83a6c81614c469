package io.sluice.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Which boot of the machine this is. What the kernel was told to write in this boot it still has,
 * even if the process was killed; what was written in an earlier one may have been lost on the way
 * to the disk.
 */
public record BootId(UUID id) {
  private static final Path KERNELS = Path.of("/proc/sys/kernel/random/boot_id");

  /**
   * The running kernel's (random(4)). A fresh one where it tells none: then everything is checked.
   */
  public static BootId current() {
    try {
      return new BootId(UUID.fromString(Files.readString(KERNELS).strip()));
    } catch (IOException | IllegalArgumentException e) {
      return new BootId(UUID.randomUUID());
    }
  }
}
