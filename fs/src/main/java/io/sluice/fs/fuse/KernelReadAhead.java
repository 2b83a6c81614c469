package io.sluice.fs.fuse;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How far the kernel reads ahead in one mount. INIT can only lower it, so it is raised in /sys,
 * which only root may.
 *
 * @param setting the file that holds it, in KiB
 */
record KernelReadAhead(Path setting) {
  /** What the kernel starts with. */
  private static final int USUAL_KB = 128;

  static KernelReadAhead of(MountEntry mount) {
    return new KernelReadAhead(Path.of("/sys/class/bdi", mount.device(), "read_ahead_kb"));
  }

  /**
   * Raises it to {@code wanted} KiB, if that is more.
   *
   * @throws IOException where this process may not
   */
  void raiseTo(int wanted) throws IOException {
    if (wanted > now()) Files.writeString(setting, Integer.toString(wanted), US_ASCII);
  }

  /** What it is now, in KiB. */
  int now() {
    try {
      return Integer.parseInt(Files.readString(setting, US_ASCII).strip());
    } catch (IOException | NumberFormatException _) {
      // No /sys in this container: then nobody has raised it either.
      return USUAL_KB;
    }
  }

  /** What somebody who may can run instead. */
  String command(int wanted) {
    return "echo %d > %s".formatted(wanted, setting);
  }
}
