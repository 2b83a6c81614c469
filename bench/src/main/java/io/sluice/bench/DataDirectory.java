package io.sluice.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * A data directory for one mount, empty at first, on a disk of a certain kind; what is unusual
 * needs root.
 */
final class DataDirectory implements AutoCloseable {
  private static final String NAME = "data-cold";
  private static final long MIB = 1 << 20;

  /** Room for directories and records, not for blocks. */
  private static final long TINY = MIB;

  /** Of the slow disk; a fraction of what the connections bring together. */
  static final long SLOW_BYTES_PER_SECOND = 100_000_000;

  // What may wait in memory for the slow disk: else a machine with much of it never meets the disk.
  private static final long SLOW_DIRTY = 64 * MIB;
  private static final Path THROTTLE =
      Path.of("/sys/fs/cgroup/blkio/blkio.throttle.write_bps_device");

  private final Scratch scratch;
  private final Path path;
  private final Deque<Undo> undo = new ArrayDeque<>();

  /** What takes a part of it away again. */
  @FunctionalInterface
  private interface Undo {
    void run() throws IOException, InterruptedException;
  }

  private DataDirectory(Scratch scratch) throws IOException {
    this.scratch = scratch;
    this.path = scratch.fresh(NAME);
    undo.push(() -> scratch.delete(path));
  }

  /** On the same disk as everything. */
  static DataDirectory fresh(Scratch scratch) throws IOException {
    return new DataDirectory(scratch);
  }

  /** Takes next to nothing. */
  static DataDirectory tiny(Scratch scratch) throws IOException, InterruptedException {
    return inMemory(scratch, TINY);
  }

  /** A file system of {@code bytes} in memory. */
  static DataDirectory inMemory(Scratch scratch, long bytes)
      throws IOException, InterruptedException {
    return new DataDirectory(scratch)
        .prepared(
            data -> data.mount("mount", "-t", "tmpfs", "-o", "size=" + bytes, "sluice-bench"));
  }

  /**
   * On a disk that writes {@link #SLOW_BYTES_PER_SECOND}, and takes hardly more into memory.
   *
   * @param bytes what has to find room
   * @throws IOException where this machine offers no such disk
   */
  static DataDirectory slow(Scratch scratch, long bytes) throws IOException, InterruptedException {
    if (!Files.isWritable(THROTTLE))
      throw new IOException(
          "no slow disk on this machine: it takes root, loop devices, and " + THROTTLE);
    return new DataDirectory(scratch).prepared(data -> data.loop(bytes + bytes / 4 + 64 * MIB));
  }

  /** One that is made step by step, each undone if a later one fails. */
  @FunctionalInterface
  private interface Steps {
    void run(DataDirectory data) throws IOException, InterruptedException;
  }

  private DataDirectory prepared(Steps steps) throws IOException, InterruptedException {
    try {
      steps.run(this);
      return this;
    } catch (IOException | InterruptedException e) {
      close();
      throw e;
    }
  }

  private void mount(String... command) throws IOException, InterruptedException {
    String[] words = Arrays.copyOf(command, command.length + 1);
    words[command.length] = path.toString();
    run(words);
    undo.push(() -> run("umount", path.toString()));
  }

  private void loop(long bytes) throws IOException, InterruptedException {
    Path image = scratch.at("slow.img");
    undo.push(() -> Files.deleteIfExists(image));
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(bytes);
    }
    run("mkfs.ext4", "-q", "-F", "-m", "0", image.toString());
    String device = run("losetup", "-f", "--show", image.toString()).strip();
    undo.push(() -> run("losetup", "-d", device));
    Path system = Path.of("/sys/block", Path.of(device).getFileName().toString());
    mount("mount", device);
    String number = Files.readString(system.resolve("dev")).strip();
    // Of the root group, to which all that is written back belongs.
    Files.writeString(THROTTLE, number + " " + SLOW_BYTES_PER_SECOND);
    undo.push(() -> Files.writeString(THROTTLE, number + " 0"));
    Files.writeString(system.resolve("bdi/max_bytes"), Long.toString(SLOW_DIRTY));
    Files.writeString(system.resolve("bdi/strict_limit"), "1");
  }

  private String run(String... command) throws IOException, InterruptedException {
    return Child.run(scratch.at("disk.log"), command);
  }

  Path path() {
    return path;
  }

  /** What is on disk now, in bytes. */
  long used() throws IOException, InterruptedException {
    String said = Child.run(scratch.at("du.log"), "du", "-s", "-B1", path.toString());
    return Long.parseLong(said.split("\\s", 2)[0]);
  }

  /** Takes everything away that was made, also in a thread that is told to end. */
  @Override
  public void close() throws IOException {
    boolean interrupted = Thread.interrupted();
    var failed = new IOException("not all of " + path + " was taken away");
    while (!undo.isEmpty()) {
      try {
        undo.pop().run();
      } catch (IOException e) {
        failed.addSuppressed(e);
      } catch (InterruptedException e) {
        interrupted = true;
        failed.addSuppressed(e);
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
    if (failed.getSuppressed().length > 0) throw failed;
  }
}
