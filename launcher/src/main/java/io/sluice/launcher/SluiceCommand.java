package io.sluice.launcher;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice}: the commands there are. */
@Command(
    name = "sluice",
    description = "Mounts a bucket as files, for programs that want to read it fast.",
    subcommands = {MountCommand.class, UmountCommand.class},
    footerHeading = "%nExample:%n",
    footer = {
      "  sluice mount --bucket my-models --mount-point /models",
      "  sluice umount /models",
      "  sluice demo          (in a checkout: a bucket of its own, mounted and read)"
    })
final class SluiceCommand implements Runnable {
  private final Environment environment;

  @Spec private CommandSpec spec = CommandSpec.create();

  SluiceCommand(Environment environment) {
    this.environment = environment;
  }

  Environment environment() {
    return environment;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command: use mount or umount");
  }
}
