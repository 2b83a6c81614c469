package io.sluice.launcher;

import io.sluice.fs.fuse.MountException;
import io.sluice.fs.fuse.Unmount;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice umount}: takes a mount away, alive or dead, and returns when it is gone. */
@Command(
    name = "umount",
    aliases = "unmount",
    description = {
      "Unmount, and wait until it is gone. Also takes away what a killed mount left behind",
      "(\"Transport endpoint is not connected\")."
    },
    footerHeading = "%nExample:%n",
    footer = "  sluice umount /models")
final class UmountCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "Where it is mounted.")
  private Path mountPoint = Path.of("");

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "10s",
      description = "How long to wait for those who use it to stop. Default: ${DEFAULT-VALUE}")
  private TimeSpan timeout = TimeSpan.FOREVER;

  @Override
  public Integer call() throws Failure {
    Logging.to(Logging.Level.WARN);
    try {
      Unmount.unmount(mountPoint.toAbsolutePath(), timeout.duration());
      return ExitCode.OK.number();
    } catch (MountException e) {
      throw Failure.of(e);
    }
  }
}
