package io.sluice.bench;

import io.sluice.bench.Counters.Counts;
import io.sluice.bench.Scenario.Subject;
import io.sluice.bench.TransferRun.Shape;
import io.sluice.store.transfer.Download;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Moves an object once, in processes of their own, and says what that took. */
final class TransferRunner {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  // Of the other end of a pipe, once our program has ended.
  private static final Duration END_LIMIT = Duration.ofSeconds(30);
  private static final int MIB = 1 << 20;
  // Content of its own: the large file's seed is 0.
  private static final long QUARTER_SEED = 5L << 60;
  private static final String QUARTER = "quarter.blob";

  private final Server server;
  private final Bucket bucket;
  private final Scratch scratch;
  private final Path program;
  private final int heapMebibytes;
  private int uploads;

  /**
   * A runner of transfers to and from a server.
   *
   * @param bucket what it serves, see {@link #create}
   * @param program the start script
   * @param largest range or part of all that will be run, and how many at once
   */
  TransferRunner(Server server, Bucket bucket, Scratch scratch, Path program, Shape largest) {
    this.server = server;
    this.bucket = bucket;
    this.scratch = scratch;
    this.program = program;
    // The same for all programs of this module, the baseline too: what a stream may keep, and as
    // much as a mount has.
    var limits = new Download.Limits(largest.requests(), largest.rangeBytes());
    this.heapMebibytes = 128 + (int) (limits.streamMemory() / MIB);
  }

  /** Writes what is served: the large file, and one of a quarter of its size. */
  static void create(Bucket bucket) throws IOException {
    bucket.create(Set.of());
    new Content(QUARTER_SEED)
        .write(bucket.root().resolve(Bucket.NAME).resolve(QUARTER), bucket.size() / 4);
  }

  /**
   * One run, with all bytes checked.
   *
   * @throws IOException where it failed, or bytes are wrong
   */
  TransferRun run(TransferCase row, Shape shape) throws IOException, InterruptedException {
    bucket.prefault(Subject.MODEL);
    Memory.touch(2 * shape.size());
    Target target = target(row, shape);
    // The server computes the checksum of a file when it is asked first, outside of the clock.
    if (!row.isUpload() && server.size(target.key()) != shape.size())
      throw new IllegalStateException(target.key() + " is of another size");
    server.reset();
    TransferRun run =
        switch (row) {
          case PLAIN -> client(PlainGets.class, target, shape);
          case DOWNLOAD -> client(Transfer.class, target, shape, "-");
          case DOWNLOAD_FILE -> client(Transfer.class, target, shape, target.file().toString());
          case PLAIN_PUT -> client(PlainPuts.class, target, shape, target.file().toString());
          case GET_PIPE, GET_MEMORY, GET_MEMORY_QUARTER -> getPipe(target, shape);
          case GET_FILE -> whole(get(target, shape, target.file().toString()), shape);
          case PUT_PIPE, PUT_MEMORY, PUT_MEMORY_QUARTER -> putPipe(target, shape);
          case PUT_FILE -> whole(put(target, shape, target.file().toString()), shape);
          case UPLOAD -> whole(upload(target, shape), shape);
        };
    check(row, target, shape);
    return run;
  }

  /** What is moved: the object, its content, and the file at this end. */
  private record Target(String key, Content content, Path file) {}

  private Target target(TransferCase row, Shape shape) throws IOException {
    String model = bucket.keys(Subject.MODEL).getFirst();
    boolean isWhole = shape.size() == bucket.size();
    long seed = isWhole ? bucket.seeds(Subject.MODEL).getFirst() : QUARTER_SEED;
    String served = isWhole ? model : QUARTER;
    if (!row.isUpload()) return new Target(served, new Content(seed), scratch.at("file"));
    uploads++;
    String key = Expected.key(seed, row.word() + "-" + uploads);
    return new Target(key, new Content(seed), bucket.root().resolve(Bucket.NAME).resolve(served));
  }

  private TransferRun client(Class<?> main, Target target, Shape shape, String... more)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>();
    arguments.add(server.endpoint().toString());
    arguments.add(target.key());
    arguments.add(Integer.toString(shape.requests()));
    arguments.add(Integer.toString(shape.rangeBytes()));
    arguments.addAll(List.of(more));
    List<String> command = Java.command(heapMebibytes, main, arguments.toArray(String[]::new));
    try (Child child = Child.start(command, Credentials.ENVIRONMENT, scratch.at("child.log"))) {
      return TransferRun.parse(child.awaitEnd(LIMIT), server.counts());
    }
  }

  private TransferRun whole(List<String> command, Shape shape)
      throws IOException, InterruptedException {
    try (Child child = Child.start(command, Credentials.ENVIRONMENT, scratch.at("child.log"));
        Sampling sampling = Sampling.of(child.pid())) {
      child.awaitEnd(LIMIT);
      return ended(child, sampling, shape);
    }
  }

  private TransferRun getPipe(Target target, Shape shape) throws IOException, InterruptedException {
    List<Child> both = piped(get(target, shape, "-"), end("take", target, shape));
    return piped(both.getFirst(), both.getLast(), shape);
  }

  private TransferRun putPipe(Target target, Shape shape) throws IOException, InterruptedException {
    List<Child> both = piped(end("give", target, shape), put(target, shape, "-"));
    return piped(both.getLast(), both.getFirst(), shape);
  }

  private List<Child> piped(List<String> from, List<String> to) throws IOException {
    Map<String, String> environment = Credentials.ENVIRONMENT;
    return Child.pipe(from, scratch.at("from.log"), to, scratch.at("to.log"), environment);
  }

  private TransferRun piped(Child program, Child end, Shape shape)
      throws IOException, InterruptedException {
    try (program;
        end;
        Sampling sampling = Sampling.of(program.pid())) {
      program.awaitEnd(LIMIT);
      end.awaitEnd(END_LIMIT);
      return ended(program, sampling, shape);
    }
  }

  private TransferRun ended(Child child, Sampling sampling, Shape shape) throws IOException {
    long end = System.nanoTime();
    Counts counts = server.counts();
    long first = counts.firstNanos();
    if (first == 0) throw new IOException("it ended well, and asked for nothing");
    return new TransferRun(
        end - first, shape.size(), sampling.since(first), 0, counts, first - child.startNanos());
  }

  private static List<String> end(String does, Target target, Shape shape) {
    String seed = Long.toString(target.content().seed());
    return Java.command(PipeEnd.class, does, seed, Long.toString(shape.size()));
  }

  private List<String> get(Target target, Shape shape, String to) {
    return sluice(
        List.of("get", url(target), to), shape, "--range-size=" + shape.mebibytes() + "MiB");
  }

  private List<String> put(Target target, Shape shape, String from) {
    return sluice(
        List.of("put", from, url(target)), shape, "--part-size=" + shape.mebibytes() + "MiB");
  }

  private List<String> upload(Target target, Shape shape) {
    String state = "--state-file=" + scratch.at("upload-" + uploads + ".state");
    return sluice(
        List.of("upload", "start", target.file().toString(), url(target), state),
        shape,
        "--override-part-size=" + shape.mebibytes() + "MiB");
  }

  private static String url(Target target) {
    return "s3://" + Bucket.NAME + "/" + target.key();
  }

  private List<String> sluice(List<String> words, Shape shape, String cut) {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(words);
    command.addAll(
        List.of(
            "--endpoint-url=" + server.endpoint(),
            "--path-style",
            "--concurrency=" + shape.requests(),
            cut,
            "--quiet"));
    return command;
  }

  private void check(TransferCase row, Target target, Shape shape) throws IOException {
    if (row.isUpload()) {
      // The bytes were compared as they came.
      long size = server.size(target.key());
      if (size != shape.size())
        throw new IOException("%d of %d bytes were uploaded".formatted(size, shape.size()));
      if (server.hasPendingUpload()) throw new IOException("an upload was left behind");
    } else if (Files.exists(target.file())) {
      requireRight(target.file(), target.content(), shape.size());
      Files.delete(target.file());
    }
  }

  private static void requireRight(Path file, Content content, long size) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(MIB);
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() != size)
        throw new IOException("%d of %d bytes were fetched".formatted(channel.size(), size));
      for (long at = 0; at < size; at += buffer.limit()) {
        buffer.clear();
        int read = 0;
        while (buffer.hasRemaining() && read >= 0) read = channel.read(buffer);
        buffer.flip();
        OptionalLong wrong = content.firstWrong(buffer, at);
        if (wrong.isPresent()) throw new IOException("WRONG BYTES at " + wrong.getAsLong());
      }
    }
  }
}
