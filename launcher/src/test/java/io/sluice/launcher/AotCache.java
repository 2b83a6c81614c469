package io.sluice.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The JVM's cache of classes and profiles, as the script {@code sluice} makes it: by a run that
 * gets as far as asking a bucket that is not there. Made once a build; hundreds of processes start
 * faster with it. Where it cannot be made they start without it.
 */
final class AotCache {
  private static final long LIMIT_SECONDS = 120;

  private static final class Holder {
    static final List<String> FLAGS = flags();
  }

  private AotCache() {}

  /** For a JVM that runs the program from where the build puts it. */
  static List<String> flagsOf(Path jars) {
    return jars.equals(SluiceProcess.installation()) ? Holder.FLAGS : List.of();
  }

  private static List<String> flags() {
    try {
      return made()
          .map(cache -> List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off"))
          .orElse(List.of());
    } catch (IOException e) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  /** Of these jars: its name has the time of the newest. */
  private static Optional<Path> made() throws IOException, InterruptedException {
    Path target = Path.of("target").toAbsolutePath();
    Path cache = target.resolve("tests-%d.aot".formatted(newest(SluiceProcess.installation())));
    try (var locked =
            FileChannel.open(
                target.resolve("tests.aot.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = locked.tryLock()) {
      if (lock == null) return Optional.empty(); // another one makes it meanwhile
      if (!Files.exists(cache)) {
        forgetOthers(target);
        train(cache);
      }
    }
    return Optional.of(cache).filter(Files::exists);
  }

  /** Each is some 40 MB. */
  private static void forgetOthers(Path target) throws IOException {
    try (var old = Files.newDirectoryStream(target, "tests-*.aot")) {
      for (Path cache : old) Files.delete(cache);
    }
  }

  private static long newest(Path jars) throws IOException {
    long newest = 0;
    try (Stream<Path> files = Files.list(jars)) {
      for (Path jar : files.toList())
        newest = Math.max(newest, Files.getLastModifiedTime(jar).toMillis());
    }
    return newest;
  }

  private static void train(Path cache) throws IOException, InterruptedException {
    Path place = Files.createTempDirectory("sluice-training");
    try {
      Path made = place.resolve("made.aot");
      Path mountPoint = Files.createDirectory(place.resolve("mnt"));
      List<String> command =
          new ArrayList<>(SluiceProcess.commandWith(List.of("-XX:AOTCacheOutput=" + made)));
      command.addAll(List.of("mount", "--bucket", "training"));
      command.addAll(List.of("--endpoint-url", "http://127.0.0.1:9"));
      command.addAll(List.of("--mount-point", mountPoint.toString()));
      command.addAll(List.of("--data-dir", place.resolve("data").toString()));
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
      builder.redirectInput(Path.of("/dev/null").toFile());
      builder.environment().clear();
      builder.environment().put("HOME", place.toString());
      builder.environment().put("LC_ALL", "C.UTF-8");
      builder.environment().put("AWS_ACCESS_KEY_ID", "training");
      builder.environment().put("AWS_SECRET_ACCESS_KEY", "training");
      Process process = builder.start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
      else if (Files.exists(made)) Files.move(made, cache, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      new ProcessBuilder("rm", "-rf", place.toString()).start().waitFor(10, TimeUnit.SECONDS);
    }
  }
}
