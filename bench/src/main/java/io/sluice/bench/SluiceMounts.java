package io.sluice.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The product itself, started as its users start it.
 *
 * @param program the start script
 * @param profiled whether every mount tells where its CPU went before it ends
 */
record SluiceMounts(Path program, URI endpoint, int parallelism, Scratch scratch, boolean profiled)
    implements View.Source {
  // The script may have to compile everything.
  private static final Duration BUILD_LIMIT = Duration.ofMinutes(10);

  /** Makes sure that it is built and trained, so that no mount's time to be ready contains that. */
  void build() throws IOException, InterruptedException {
    try (Child child =
        Child.start(
            List.of(program.toString(), "mount", "--help"), Map.of(), scratch.at("build.log"))) {
      child.awaitEnd(BUILD_LIMIT);
    }
  }

  @Override
  public View open(View.Wish wish) throws IOException, InterruptedException {
    Path directory = scratch.at(wish.name());
    List<String> words = words("mount", wish.bucket(), wish.data());
    words.add("--mount-point=" + directory);
    if (wish.cacheBytes() > 0) words.add("--cache-size=" + wish.cacheBytes());
    var command = new Mount.Command(words, environment(), scratch.at(wish.name() + ".log"));
    Mount mount = Mount.start(directory, command, output -> output.contains(" mounted s3://"));
    return profiled ? new Profiled(mount, scratch) : mount;
  }

  /** The command that fetches all small objects below a prefix into a data directory, and ends. */
  List<String> warming(Path data, String prefix) {
    List<String> words = words("warm", Bucket.SMALL_NAME, data);
    words.add(prefix);
    return words;
  }

  private List<String> words(String command, String bucket, Path data) {
    return new ArrayList<>(
        List.of(
            program.toString(),
            command,
            "--bucket=" + bucket,
            "--endpoint-url=" + endpoint,
            "--path-style",
            "--data-dir=" + data,
            "--parallelism=" + parallelism));
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(Credentials.ENVIRONMENT);
    if (profiled) environment.put("SLUICE_JAVA_OPTS", Profiled.JVM_OPTIONS);
    return environment;
  }
}
