package io.sluice.demo;

import io.sluice.launcher.cli.ByteSize;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sluice demo}: what can be said on the command line, and the exit code. */
@Command(
    name = "sluice demo",
    mixinStandardHelpOptions = true,
    description =
        "Mount a bucket of an S3 server of its own, with a small model in it, and read it. Needs no"
            + " account. Removes everything when it ends.",
    footerHeading = "%nExamples:%n",
    footer = {"  sluice demo", "  sluice demo --once --size 1G"})
final class DemoCommand implements Callable<Integer> {
  private static final long SMALLEST = 1 << 20;

  private final Map<String, String> environment;

  @Option(names = "--once", description = "End after the table, instead of staying mounted.")
  private boolean once;

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      defaultValue = "256MiB",
      description = "Size of the model, at least 1MiB. Default: ${DEFAULT-VALUE}")
  private ByteSize size = new ByteSize(SMALLEST);

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "Where bucket, cache and mount point are kept meanwhile. Default: the directory for"
              + " temporary files")
  private @Nullable Path directory;

  DemoCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    try {
      run();
      return 0;
    } catch (DemoException e) {
      String why = String.valueOf(e.getMessage());
      // The mount's own line says already who is speaking.
      System.err.println(why.startsWith("sluice: ") ? why : "sluice demo: " + why);
      return e.exitCode();
    }
  }

  private void run() throws DemoException, IOException, InterruptedException {
    String program = environment.get("SLUICE_PROGRAM");
    if (program == null)
      throw new DemoException("start it as ./sluice demo, which tells it what to mount with", 2);
    if (size.bytes() < SMALLEST)
      throw new DemoException("--size " + size + ": give at least 1MiB", 2);
    Path below =
        directory == null
            ? Path.of(environment.getOrDefault("TMPDIR", System.getProperty("java.io.tmpdir")))
            : directory.toAbsolutePath();
    boolean isTerminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    new Demo(Path.of(program), System.out, System.err, isTerminal).run(below, size.bytes(), !once);
  }
}
