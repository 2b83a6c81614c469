package io.sluice.launcher;

import io.sluice.cache.KeyPattern;
import io.sluice.launcher.bucket.BucketAddress;
import io.sluice.launcher.bucket.Parallelism;
import io.sluice.launcher.cli.Action;
import io.sluice.launcher.cli.ByteSize;
import io.sluice.launcher.cli.Environment;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.OneLine;
import io.sluice.launcher.cli.TimeSpan;
import io.sluice.launcher.cli.Version;
import io.sluice.launcher.mount.PermissionBits;
import io.sluice.launcher.upload.UploadAbort;
import io.sluice.launcher.upload.UploadResume;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/**
 * The program without its process: arguments and an environment in, an exit code out. All that goes
 * wrong becomes one line on the error stream.
 */
public final class Program {
  private final CommandLine commands;

  public Program(Environment environment) {
    commands = new CommandLine(new SluiceCommand(environment));
    // Persevere's names: they are in the scripts of who comes from there.
    hidden("resume", new UploadResume());
    hidden("abort", new UploadAbort());
    converter(BucketAddress.class, BucketAddress::parse);
    converter(ByteSize.class, ByteSize::parse);
    converter(TimeSpan.class, TimeSpan::parse);
    converter(KeyPattern.class, KeyPattern::parse);
    converter(Parallelism.class, Parallelism::parse);
    converter(PermissionBits.class, PermissionBits::parse);
    commands.setCaseInsensitiveEnumValuesAllowed(true);
    commands.setAbbreviatedOptionsAllowed(false);
    commands.setUsageHelpAutoWidth(true);
    commands.setUsageHelpLongOptionsMaxWidth(28);
    commands.setDefaultValueProvider(new FromVariables(environment));
    commands.setExitCodeExceptionMapper(_ -> ExitCode.UNEXPECTED.number());
    commands.setParameterExceptionHandler(Program::misused);
    commands.setExecutionExceptionHandler(Program::failed);
    everywhere(environment, commands);
  }

  private void hidden(String name, Object command) {
    var line = new CommandLine(command);
    line.getCommandSpec().usageMessage().hidden(true);
    commands.addSubcommand(name, line);
  }

  public Program withOutput(PrintWriter out, PrintWriter err) {
    commands.setOut(out);
    commands.setErr(err);
    return this;
  }

  /** The commands with all that is set up about them. */
  public CommandLine commands() {
    return commands;
  }

  public int run(String... arguments) {
    return commands.execute(arguments);
  }

  /** What each command has: help, version, exit codes in the help. */
  private static void everywhere(Environment environment, CommandLine command) {
    help(command.getCommandSpec())
        .versionProvider(new Version())
        .usageMessage()
        .sortOptions(false)
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(exitCodes());
    System.setProperty(
        "sluice.data-dir",
        environment.dataDirectory().map(Path::toString).orElse("none, without a home directory"));
    // One that has an alias is there under both names.
    command.getSubcommands().values().stream()
        .distinct()
        .forEach(below -> everywhere(environment, below));
  }

  /** Where -h is for sizes that people can read, as it is in ls, it is not for help as well. */
  private static CommandSpec help(CommandSpec spec) {
    if (spec.findOption("-h") == null) return spec.mixinStandardHelpOptions(true);
    return spec.addOption(
            OptionSpec.builder("--help")
                .usageHelp(true)
                .description("Show this help message and exit.")
                .build())
        .addOption(
            OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Print version information and exit.")
                .build());
  }

  private static Map<String, String> exitCodes() {
    Map<String, String> codes = new LinkedHashMap<>();
    for (ExitCode code : ExitCode.values())
      codes.put(Integer.toString(code.number()), code.meaning());
    return codes;
  }

  private <T> void converter(Class<T> type, ITypeConverter<T> parser) {
    commands.registerConverter(
        type,
        text -> {
          try {
            return parser.convert(text);
          } catch (IllegalArgumentException e) {
            // picocli would show the name of our class beside the message.
            throw new TypeConversionException(e.getMessage());
          }
        });
  }

  private static int misused(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    say(command, e.getMessage() + ": see " + name + " --help");
    return ExitCode.USAGE.number();
  }

  private static int failed(Exception e, CommandLine command, ParseResult arguments) {
    Failure failure = e instanceof Failure known ? known : Failure.unexpected(e);
    say(command, failure.line());
    if (command.getCommand() instanceof Action action && action.logLevel().showsStackTraces())
      failure.printStackTrace(command.getErr());
    return failure.code().number();
  }

  private static void say(CommandLine command, String message) {
    command.getErr().println("sluice: " + OneLine.of(message));
  }

  /** What is not given as an option may be given as a variable. */
  private record FromVariables(Environment environment) implements IDefaultValueProvider {
    @Override
    public String defaultValue(ArgSpec argument) {
      if (!(argument instanceof OptionSpec option)) return argument.defaultValue();
      return Arrays.stream(option.names())
          .filter(name -> name.startsWith("--") && !name.contains("_"))
          .flatMap(name -> environment.option(name).stream())
          .findFirst()
          .orElse(option.defaultValue());
    }
  }
}
