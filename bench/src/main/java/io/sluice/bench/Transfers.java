package io.sluice.bench;

import io.sluice.bench.Counters.Counts;
import io.sluice.bench.Scenario.Subject;
import io.sluice.bench.Table.Cell;
import io.sluice.store.transfer.Download;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures downloads beside plain GETs of the same store, in one run, and prints one table. */
@Command(
    name = "bench/transfers",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Downloads from a server with a dial: to a stream in order, and to a file.")
final class Transfers implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final int MIB = 1 << 20;

  @Option(names = "--size", paramLabel = "SIZE", description = "of the object (${DEFAULT-VALUE})")
  private String size = "2GiB";

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "GETs in flight, of the downloads and of the baseline (${DEFAULT-VALUE})")
  private int parallelism = 8;

  @Option(
      names = "--ranges",
      split = ",",
      paramLabel = "MIB",
      description = "sizes of one GET, of which each is a row (${DEFAULT-VALUE})")
  private List<Integer> ranges = List.of(32);

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description = "runs of each row, of which medians are shown (${DEFAULT-VALUE})")
  private int repeat = 3;

  @Option(names = "--latency", paramLabel = "MS", description = "as in bench/run")
  private int latencyMillis = 20;

  @Option(names = "--bandwidth", paramLabel = "MB/S", description = "as in bench/run")
  private int megabytesPerSecond = 80;

  @Option(names = "--work", paramLabel = "DIR", description = "where files go (${DEFAULT-VALUE})")
  private Path work = Path.of("/var/tmp");

  /** One run of a row. */
  private record Run(ReadResult read, Usage usage, long heap, Counts counts) {}

  public static void main(String[] args) {
    CountDownLatch done = new CountDownLatch(1);
    Thread running = Thread.currentThread();
    // As bench/run does: what is stopped leaves no files, and the kernel as it was.
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> Bench.interrupt(running, done), "clean-up"));
    int code = new CommandLine(new Transfers()).execute(args);
    done.countDown();
    System.exit(code);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Dial dial = new Dial(latencyMillis * 1_000_000L, megabytesPerSecond * 1_000_000L);
    try (Scratch scratch = Scratch.below(work);
        PageReporting _ = PageReporting.hold()) {
      Bucket bucket = new Bucket(scratch.at("served"), ByteSize.of(size).bytes());
      bucket.create(Set.of());
      Map<String, List<Run>> rows = new LinkedHashMap<>();
      try (Server server = Server.start(bucket.root(), dial, scratch.at("server.log"))) {
        for (int i = 0; i < repeat; i++) runAll(server, bucket, scratch, rows);
      }
      System.out.println(facts());
      System.out.print(table(rows).text());
      return 0;
    }
  }

  /** One after the other, so that a machine that becomes busy is so for all of them. */
  private void runAll(Server server, Bucket bucket, Scratch scratch, Map<String, List<Run>> rows)
      throws IOException, InterruptedException {
    String key = bucket.keys(Subject.MODEL).getFirst();
    String endpoint = server.endpoint().toString();
    String requests = Integer.toString(parallelism);
    for (int range : ranges) {
      String bytes = Integer.toString(range * MIB);
      Path file = scratch.at("file");
      add(
          rows,
          "plain, " + range + " MiB",
          run(server, bucket, scratch, PlainGets.class, endpoint, key, requests, bytes));
      add(
          rows,
          "download, " + range + " MiB",
          run(server, bucket, scratch, Transfer.class, endpoint, key, requests, bytes, "-"));
      add(
          rows,
          "download-file, " + range + " MiB",
          run(
              server,
              bucket,
              scratch,
              Transfer.class,
              endpoint,
              key,
              requests,
              bytes,
              file.toString()));
      requireRight(file, new Content(bucket.seeds(Subject.MODEL).getFirst()));
      Files.delete(file);
    }
  }

  private static void add(Map<String, List<Run>> rows, String name, Run run) {
    rows.computeIfAbsent(name, _ -> new ArrayList<>()).add(run);
    System.err.println("bench: %s: %.3f s".formatted(name, run.read().seconds()));
  }

  private Run run(
      Server server, Bucket bucket, Scratch scratch, Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    bucket.prefault(Subject.MODEL);
    Memory.touch(2 * bucket.size());
    server.reset();
    int heapMiB = heapMebibytes();
    List<String> command = Java.command(heapMiB, program, arguments);
    try (Child child =
        Child.start(command, new HashMap<>(Credentials.ENVIRONMENT), scratch.at("child.log"))) {
      String output = child.awaitEnd(LIMIT);
      return new Run(
          ReadResult.parse(output),
          Usage.parseLine(output),
          Transfer.heapOf(output),
          server.counts());
    }
  }

  /** The same for all, the baseline too: what a stream may keep, and as much as a mount has. */
  private int heapMebibytes() {
    int largest = ranges.stream().mapToInt(range -> range).max().orElse(0);
    var limits = new Download.Limits(parallelism, largest * MIB);
    return 128 + (int) (limits.streamMemory() / MIB);
  }

  private static void requireRight(Path file, Content content) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(MIB);
    try (FileChannel channel = FileChannel.open(file)) {
      for (long at = 0; at < channel.size(); at += buffer.limit()) {
        buffer.clear();
        int read = 0;
        while (buffer.hasRemaining() && read >= 0) read = channel.read(buffer);
        buffer.flip();
        OptionalLong wrong = content.firstWrong(buffer, at);
        if (wrong.isPresent()) throw new IOException("wrong bytes at " + wrong.getAsLong());
      }
    }
  }

  private String facts() throws IOException {
    return "size %s, parallelism %d, latency %d ms, %d MB/s per connection, medians of %d, load %s%n"
        .formatted(
            size,
            parallelism,
            latencyMillis,
            megabytesPerSecond,
            repeat,
            Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
  }

  private Table table(Map<String, List<Run>> rows) {
    double sumOfRates = (double) parallelism * megabytesPerSecond;
    List<List<Cell>> lines = new ArrayList<>();
    double plainCpu = 0;
    for (var row : rows.entrySet()) {
      List<Run> runs = row.getValue();
      double speed = median(runs, run -> run.read().megabytesPerSecond());
      double cpu = median(runs, run -> run.usage().cpuSeconds() / (run.read().bytes() / 1e9));
      if (row.getKey().startsWith("plain")) plainCpu = cpu;
      lines.add(
          List.of(
              new Cell("case", row.getKey()),
              cell("MB/s", 0, speed),
              cell("of the sum of rates", 3, speed / sumOfRates),
              cell("CPU s/GB", 3, cpu),
              cell("CPU of plain", 2, cpu / plainCpu),
              cell("system s", 2, median(runs, run -> run.usage().systemSeconds())),
              cell("peak heap MiB", 0, median(runs, run -> (double) run.heap() / MIB)),
              cell(
                  "peak RSS MiB",
                  0,
                  median(runs, run -> (double) run.usage().peakRssBytes() / MIB)),
              cell("GET", 0, median(runs, run -> run.counts().gets())),
              cell("in flight", 0, median(runs, run -> run.counts().maxInFlight()))));
    }
    return new Table(lines);
  }

  private static double median(List<Run> runs, ToDoubleFunction<Run> figure) {
    double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static Cell cell(String column, int digits, double value) {
    return new Cell(column, String.format(Locale.ROOT, "%." + digits + "f", value));
  }
}
