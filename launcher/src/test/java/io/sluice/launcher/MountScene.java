package io.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.fs.fuse.MountTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What each test of the program as a process has: an S3 server with a bucket, directories of its
 * own, and a check that nothing is left mounted or running.
 */
@Timeout(value = 400, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class MountScene {
  static final String BUCKET = "models";

  @TempDir Path scratch = Path.of("");

  Path mountPoint = Path.of("");
  private Path dataDirectory = Path.of("");
  private final List<SluiceProcess> started = new ArrayList<>();
  private @Nullable S3Server server;

  @BeforeEach
  final void setTheScene() throws Exception {
    mountPoint = Files.createDirectory(scratch.resolve("mnt"));
    dataDirectory = scratch.resolve("data");
    S3Server started = S3Server.start(Files.createDirectory(scratch.resolve("s3")));
    started.makeBucket(BUCKET);
    server = started;
  }

  @AfterEach
  final void leaveNothingBehind() throws Exception {
    for (SluiceProcess process : started) process.end();
    List<Path> left = mounted();
    for (Path path : left)
      new ProcessBuilder("umount", "-l", path.toString()).start().waitFor(10, TimeUnit.SECONDS);
    server().end();
    assertThat(left).as("left mounted").isEmpty();
  }

  S3Server server() {
    return Objects.requireNonNull(server, "the scene is set");
  }

  /** Starts the program where it finds the server and may use it. */
  SluiceProcess sluice(String... arguments) throws IOException {
    return sluiceWith(server().environment(), arguments);
  }

  SluiceProcess sluiceWith(Map<String, String> variables, String... arguments) throws IOException {
    SluiceProcess process = SluiceProcess.start(scratch, variables, arguments);
    started.add(process);
    return process;
  }

  /** Starts any command, and ends it with the test. */
  SluiceProcess command(List<String> command) throws IOException {
    return commandWith(server().environment(), command);
  }

  SluiceProcess commandWith(Map<String, String> variables, List<String> command)
      throws IOException {
    SluiceProcess process = SluiceProcess.start(scratch, variables, command);
    started.add(process);
    return process;
  }

  /** The bucket, mounted, with more options. */
  SluiceProcess mounted(String... options) throws Exception {
    return mount(options).awaitMounted();
  }

  SluiceProcess mount(String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("mount", "-b", BUCKET));
    arguments.addAll(List.of("-m", mountPoint.toString()));
    arguments.addAll(List.of("--data-dir", dataDirectory().toString()));
    arguments.addAll(List.of(options));
    return sluice(arguments.toArray(String[]::new));
  }

  Path dataDirectory() {
    return dataDirectory;
  }

  /** From now on another one, in which nothing is. */
  void forgetTheCache() {
    dataDirectory = scratch.resolve("data-" + System.nanoTime());
  }

  /**
   * Whether nothing was fetched twice because it seemed to hang, and all was kept: as the report
   * says at the end of a mount of which something was read.
   */
  static boolean wasUndisturbed(SluiceProcess ended) throws IOException {
    String said = ended.output();
    assertThat(said).contains(" hedges", " not kept");
    return said.contains(" 0 hedges") && said.contains("; 0 B not kept");
  }

  /** Whether a mount of ours, alive or dead, is at the mount point. */
  boolean isMounted() throws IOException {
    return MountTable.isMounted(mountPoint);
  }

  private List<Path> mounted() throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path path : List.of(mountPoint, scratch.resolve("mnt2")))
      if (MountTable.isMounted(path)) found.add(path);
    return found;
  }

  /** Bytes that no two seeds share and nothing compresses. */
  static byte[] bytes(int seed, int count) {
    byte[] bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
