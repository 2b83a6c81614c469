package io.sluice.launcher.mount;

import io.sluice.fs.fuse.MountException;
import io.sluice.fs.fuse.Unmount;
import io.sluice.launcher.cli.Action;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.TimeSpan;
import java.nio.file.Path;
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
public final class UmountCommand extends Action {
  @Parameters(paramLabel = "DIR", description = "Where it is mounted.")
  private Path mountPoint = Path.of("");

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "10s",
      description = "How long to wait for those who use it to stop. Default: ${DEFAULT-VALUE}")
  private TimeSpan timeout = TimeSpan.FOREVER;

  @Override
  protected int run() throws Failure {
    try {
      Unmount.unmount(mountPoint.toAbsolutePath(), timeout.duration());
      return ExitCode.OK.number();
    } catch (MountException e) {
      throw Failure.of(e);
    }
  }
}
