package io.sluice.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The dial server as a process of its own, so that its CPU is not counted as somebody else's. */
@Command(
    name = "dial",
    mixinStandardHelpOptions = true,
    description = "Serves the directories below ROOT as buckets until its input ends.")
final class DialCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "ROOT", description = "holds one directory per bucket")
  private Path root = Path.of(".");

  @Option(
      names = "--latency",
      paramLabel = "MS",
      description = "milliseconds to the first byte of every answer (${DEFAULT-VALUE})")
  private int latencyMillis = 20;

  @Option(
      names = "--bandwidth",
      paramLabel = "MB/S",
      description = "10^6 bytes per second of one connection (${DEFAULT-VALUE})")
  private int megabytesPerSecond = 80;

  public static void main(String[] args) {
    System.exit(new CommandLine(new DialCommand()).execute(args));
  }

  /** Prints the endpoint on its first line, then serves. */
  @Override
  public Integer call() throws IOException {
    Dial dial = new Dial(latencyMillis * 1_000_000L, megabytesPerSecond * 1_000_000L);
    try (DialServer server = DialServer.start(root, dial)) {
      System.out.println(server.endpoint());
      // Ends with whoever started it, however that ended.
      System.in.transferTo(OutputStream.nullOutputStream());
    }
    return 0;
  }
}
