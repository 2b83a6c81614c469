package io.sluice.launcher;

import io.sluice.launcher.cache.CacheCommand;
import io.sluice.launcher.cli.Environment;
import io.sluice.launcher.cli.Surroundings;
import io.sluice.launcher.mount.MountCommand;
import io.sluice.launcher.mount.StatsCommand;
import io.sluice.launcher.mount.UmountCommand;
import io.sluice.launcher.objects.CpCommand;
import io.sluice.launcher.objects.GetCommand;
import io.sluice.launcher.objects.LsCommand;
import io.sluice.launcher.objects.PresignCommand;
import io.sluice.launcher.objects.PutCommand;
import io.sluice.launcher.objects.RmCommand;
import io.sluice.launcher.objects.StatCommand;
import io.sluice.launcher.upload.UploadCommand;
import io.sluice.launcher.warm.WarmCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice}: the commands there are. */
@Command(
    name = "sluice",
    description =
        "Mounts a bucket as files, for programs that want to read it fast; moves objects.",
    subcommands = {
      MountCommand.class,
      UmountCommand.class,
      WarmCommand.class,
      StatsCommand.class,
      CacheCommand.class,
      GetCommand.class,
      PutCommand.class,
      CpCommand.class,
      LsCommand.class,
      StatCommand.class,
      RmCommand.class,
      PresignCommand.class,
      UploadCommand.class
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  sluice mount --bucket my-models --mount-point /models",
      "  sluice umount /models",
      "  sluice warm --bucket my-models llama/",
      "  sluice stats /models",
      "  sluice cache ls",
      "  sluice get s3://my-models/backup.tar - | tar x",
      "  sluice cp -r models/ s3://my-models/",
      "  sluice upload start model.bin s3://my-models/model.bin --state-file up.state",
      "  sluice demo          (in a checkout: a bucket of its own, mounted and read)"
    })
final class SluiceCommand implements Runnable, Surroundings {
  private final Environment environment;

  @Spec private CommandSpec spec = CommandSpec.create();

  SluiceCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Environment environment() {
    return environment;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command: sluice --help lists them");
  }
}
