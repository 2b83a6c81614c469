package io.sluice.bench;

import io.sluice.bench.Counters.Counts;
import io.sluice.bench.PlanReport.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/**
 * A file that is one hole, sent by {@code sluice upload start} with a heap of 64 MiB to a server
 * that makes nobody wait and keeps nothing: as many bytes or parts as there may be.
 *
 * @param size of the file in bytes
 * @param partMebibytes 0 leaves it to the program
 */
record Plan(long size, int partMebibytes) {
  /** As many parts as an upload may have, of the smallest size. */
  static final Plan MOST_PARTS = new Plan(10_000 * (5L << 20), 5);

  // 9 GB/s for each connection: no computer at hand sends that much.
  private static final Dial NO_DELAY = new Dial(0, 9_000_000_000L);
  private static final int REQUESTS = 8;
  private static final int EVERY_MILLIS = 250;
  private static final Duration LIMIT = Duration.ofHours(24);
  private static final String KEY = "zeros.img";
  private static final java.util.regex.Pattern WRITTEN =
      java.util.regex.Pattern.compile("(?m)^write_bytes: (\\d+)");

  private static final Map<String, String> ENVIRONMENT = environment();

  private static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(Credentials.ENVIRONMENT);
    // What the JVM writes for its tools would count as written.
    environment.put("SLUICE_JAVA_OPTS", "-Xmx64m -XX:-UsePerfData");
    return environment;
  }

  /**
   * Sends all of it.
   *
   * @throws IOException where it failed, or what came is not what was sent
   */
  PlanReport run(Path program, Scratch scratch) throws IOException, InterruptedException {
    Path root = scratch.fresh("plan-served");
    Files.createDirectories(root.resolve(Bucket.NAME));
    Path file = hole(scratch.at("plan.img"));
    Path state = scratch.fresh("plan-state");
    try (Server server = Server.start(root, NO_DELAY, scratch.at("server.log"));
        Child child =
            Child.start(
                command(program, file, server, state), ENVIRONMENT, scratch.at("plan.log"))) {
      List<Sample> samples = watch(child, server, state);
      child.awaitEnd(Duration.ofSeconds(1));
      if (server.size(KEY) != size)
        throw new IOException("%d of %d bytes came".formatted(server.size(KEY), size));
      if (server.hasPendingUpload()) throw new IOException("an upload was left behind");
      return new PlanReport(name(), samples);
    } finally {
      Files.delete(file);
    }
  }

  private Path hole(Path file) throws IOException {
    try {
      Bucket.hole(file, size);
      return file;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "there can be no file of %s in %s (%s): give --plan less, or --work on another file system"
              .formatted(new ByteSize(size), file.getParent(), e.getMessage()),
          e);
    }
  }

  String name() {
    String parts = partMebibytes == 0 ? "parts as it likes" : "parts of " + partMebibytes + " MiB";
    return "upload of a hole of %s, %s, -Xmx64m".formatted(new ByteSize(size), parts);
  }

  private List<String> command(Path program, Path file, Server server, Path state) {
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "upload",
                "start",
                file.toString(),
                "s3://" + Bucket.NAME + "/" + KEY,
                "--state-file=" + state.resolve("state"),
                "--endpoint-url=" + server.endpoint(),
                "--path-style",
                "--concurrency=" + REQUESTS,
                "--quiet"));
    if (partMebibytes > 0) command.add("--override-part-size=" + partMebibytes + "MiB");
    return command;
  }

  /** Looks four times a second, as long as it lives and has a state. */
  private List<Sample> watch(Child child, Server server, Path state)
      throws IOException, InterruptedException {
    List<Sample> samples = new ArrayList<>();
    long deadline = System.nanoTime() + LIMIT.toNanos();
    long told = 0;
    while (child.isAlive()) {
      if (System.nanoTime() > deadline) throw new IOException("not finished after " + LIMIT);
      TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
      look(child, server, state, samples);
      long tenths = samples.isEmpty() ? 0 : samples.getLast().bytes() * 10 / size;
      if (tenths > told) Bench.say("%d0 %% of %s".formatted(tenths, new ByteSize(size)));
      told = tenths;
    }
    return samples;
  }

  private static void look(Child child, Server server, Path state, List<Sample> samples)
      throws IOException {
    Counts counts = server.counts();
    Usage usage;
    String io;
    try {
      usage = Usage.of(child.pid());
      io = Files.readString(Path.of("/proc", Long.toString(child.pid()), "io"));
    } catch (IOException e) {
      // It has ended since it was alive; what was seen before is what there is.
      return;
    }
    Matcher written = WRITTEN.matcher(io);
    long stateBytes = bytesIn(state);
    // A state that is gone belongs to an upload that is done.
    if (!written.find() || counts.received().puts() == 0 || stateBytes == 0) return;
    samples.add(
        new Sample(
            System.nanoTime() - counts.firstNanos(),
            counts.received().puts(),
            counts.received().bytes(),
            usage,
            stateBytes,
            Long.parseLong(written.group(1))));
  }

  private static long bytesIn(Path directory) throws IOException {
    long bytes = 0;
    try (Stream<Path> all = Files.list(directory)) {
      // One that is gone since it was listed has no size.
      for (Path file : all.toList()) bytes += file.toFile().length();
    }
    return bytes;
  }
}
