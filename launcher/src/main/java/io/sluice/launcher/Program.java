package io.sluice.launcher;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/**
 * The program without its process: arguments and an environment in, an exit code out. All that goes
 * wrong becomes one line on the error stream.
 */
final class Program {
  private final CommandLine commands;

  Program(Environment environment) {
    commands = new CommandLine(new SluiceCommand(environment));
    converter(BucketAddress.class, BucketAddress::parse);
    converter(ByteSize.class, ByteSize::parse);
    converter(TimeSpan.class, TimeSpan::parse);
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

  Program withOutput(PrintWriter out, PrintWriter err) {
    commands.setOut(out);
    commands.setErr(err);
    return this;
  }

  /** The commands with all that is set up about them. */
  CommandLine commands() {
    return commands;
  }

  int run(String... arguments) {
    return commands.execute(arguments);
  }

  /** What each command has: help, version, exit codes in the help. */
  private static void everywhere(Environment environment, CommandLine command) {
    command
        .getCommandSpec()
        .mixinStandardHelpOptions(true)
        .versionProvider(new Version())
        .usageMessage()
        .sortOptions(false)
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(exitCodes());
    System.setProperty(
        "sluice.data-dir",
        environment.dataDirectory().map(Path::toString).orElse("none, without a home directory"));
    command.getSubcommands().values().forEach(below -> everywhere(environment, below));
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
    if (command.getCommand() instanceof MountCommand mount && mount.logLevel().showsStackTraces())
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

  /** For the logs of servers. */
  static String version() {
    return packaged().orElse("unknown");
  }

  private static Optional<String> packaged() {
    return Optional.ofNullable(Program.class.getPackage().getImplementationVersion());
  }

  /** From the manifest of the jar; classes in a directory have none. */
  private static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"sluice " + packaged().orElse("(not packaged)")};
    }
  }
}
