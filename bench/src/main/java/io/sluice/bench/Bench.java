package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Measures a mount against plain GETs of the same store, in one run, and prints one table. */
@Command(
    name = "bench/run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Mounts a bucket of a server with a dial, and reads it as loaders do.")
final class Bench implements Callable<Integer> {
  private static final int CLEANING_UP_SECONDS = 90;

  @Mixin private BenchOptions options = new BenchOptions();

  public static void main(String[] args) {
    run(new Bench(), args);
  }

  /** Runs a program of this module, as the process; does not return. */
  static void run(Callable<Integer> program, String[] args) {
    CountDownLatch done = new CountDownLatch(1);
    Thread running = Thread.currentThread();
    // Ctrl-C interrupts the run, which then unmounts, ends its children and deletes its files.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupt(running, done), "clean-up"));
    var command = new CommandLine(program);
    command.registerConverter(Scenario.class, Scenario::of);
    // The script says which program is measured; people may say another.
    command.setOverwrittenOptionsAllowed(true);
    command.setExecutionExceptionHandler(Bench::inOneLine);
    int code = command.execute(args);
    done.countDown();
    System.exit(code);
  }

  /** What an option cannot be is said in a line, and is 2; anything else is ours to mend. */
  private static int inOneLine(
      Exception failure, CommandLine command, CommandLine.ParseResult given) throws Exception {
    if (!(failure instanceof IllegalArgumentException)) throw failure;
    command
        .getErr()
        .println(failure.getMessage() + ": see " + command.getCommandName() + " --help");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  /**
   * A number that an option was given.
   *
   * @throws IllegalArgumentException where it is less than one
   */
  static int positive(String option, int given) {
    if (given < 1) throw new IllegalArgumentException(option + " " + given + ": give 1 or more");
    return given;
  }

  /** What a hook does: ends a run, and waits until it has cleaned up. */
  private static void interrupt(Thread running, CountDownLatch done) {
    running.interrupt();
    try {
      if (!done.await(CLEANING_UP_SECONDS, TimeUnit.SECONDS))
        System.err.println("gave up cleaning up");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** 0 where every row of ours was finished and every byte was right, else 1. */
  @Override
  public Integer call() throws IOException {
    try (Scratch scratch = Scratch.below(options.work);
        PageReporting _ = held()) {
      Bucket bucket = new Bucket(scratch.at("served"), options.bytes(), options.objects());
      say("writing " + options.size + " of content");
      bucket.create(options.wanted().stream().map(Scenario::subject).collect(Collectors.toSet()));
      try (Server server = Server.start(bucket.root(), options.dial(), scratch.at("server.log"))) {
        return report(new Run(options, server, bucket, scratch));
      }
    } catch (InterruptedException e) {
      say("interrupted");
      return 1;
    }
  }

  private static PageReporting held() {
    PageReporting reporting = PageReporting.hold();
    if (reporting.isHeld()) say("this machine keeps its free pages meanwhile");
    return reporting;
  }

  private int report(Run run) throws IOException, InterruptedException {
    try {
      run.measure();
    } finally {
      // An interrupted run tells what it knows.
      Report report = run.report();
      System.out.print(report.text());
      if (options.json.isPresent()) Files.writeString(options.json.get(), report.json());
    }
    return run.isRight() ? 0 : 1;
  }

  static void say(String what) {
    System.err.println("bench: " + what);
  }
}
