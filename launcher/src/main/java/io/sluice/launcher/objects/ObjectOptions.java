package io.sluice.launcher.objects;

import io.sluice.launcher.bucket.BucketAddress;
import io.sluice.launcher.bucket.ObjectAddress;
import io.sluice.launcher.cli.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Which object, and which file: as arguments, or as the options of s3gof3r. An object is a URL, or
 * a key where there is a {@code --bucket}.
 */
final class ObjectOptions {
  private static final String STREAM = "-";

  /** Other names of it: where a shell has redirected them, they lead to the file. */
  private static final Set<String> STREAMS =
      Set.of(
          STREAM,
          "/dev/stdin",
          "/dev/stdout",
          "/dev/fd/0",
          "/dev/fd/1",
          "/proc/self/fd/0",
          "/proc/self/fd/1");

  @Option(
      names = {"-b", "--bucket"},
      paramLabel = "BUCKET",
      description = "A bucket, as a name or a URL: then OBJECT is a key in it.")
  private @Nullable BucketAddress bucket;

  @Option(
      names = {"-k", "--key"},
      paramLabel = "KEY",
      description = "The key, instead of OBJECT; with --bucket.")
  private @Nullable String key;

  @Option(
      names = {"-p", "--path"},
      paramLabel = "FILE",
      description = "The file, instead of the argument.")
  private @Nullable String path;

  /**
   * What a command is about.
   *
   * @param file absent where it is the standard input or output
   */
  record Chosen(ObjectAddress object, Optional<Path> file) {
    /**
     * What there is of memory, in bytes, for what is on its way: a file's bytes are read and
     * written where they belong, those of a pipe or a device wait for their turn.
     */
    long heap() {
      boolean isStream =
          file.isEmpty() || (Files.exists(file.get()) && !Files.isRegularFile(file.get()));
      return isStream ? Runtime.getRuntime().maxMemory() : Long.MAX_VALUE;
    }
  }

  /** {@code OBJECT [FILE|-]}. */
  Chosen objectFirst(List<String> arguments) throws Failure {
    return chosen(arguments, 0);
  }

  /** {@code [FILE|-] OBJECT}. */
  Chosen objectLast(List<String> arguments) throws Failure {
    return chosen(arguments, arguments.size() - 1);
  }

  private Chosen chosen(List<String> arguments, int place) throws Failure {
    if (key != null) return new Chosen(inBucket(key), file(arguments));
    if (arguments.isEmpty())
      throw Failure.usage("no object: give its URL (s3://bucket/key), or --bucket and --key");
    List<String> others = new ArrayList<>(arguments);
    String object = others.remove(place);
    return new Chosen(bucket == null ? byUrl(object) : inBucket(object), file(others));
  }

  private static ObjectAddress byUrl(String url) throws Failure {
    if (!ObjectAddress.isOne(url))
      throw Failure.usage(
          "'%s' is no object: give its URL (s3://bucket/key), or a --bucket".formatted(url));
    return ObjectAddress.given(url).requireKey();
  }

  private ObjectAddress inBucket(String name) throws Failure {
    if (bucket == null) throw Failure.usage("--key goes with a --bucket: give one");
    if (ObjectAddress.isOne(name) && !name.startsWith("//"))
      throw Failure.usage("a --bucket and the URL %s: give one of them".formatted(name));
    try {
      return new ObjectAddress(bucket.withPrefix(""), bucket.prefix() + name).requireKey();
    } catch (IllegalArgumentException e) {
      throw Failure.usage(String.valueOf(e.getMessage()));
    }
  }

  private Optional<Path> file(List<String> arguments) throws Failure {
    int given = arguments.size() + (path == null ? 0 : 1);
    if (given > 1) throw Failure.usage("more than one file: give one, or - for a pipe");
    String name = path != null ? path : given == 0 ? STREAM : arguments.getFirst();
    if (name.isEmpty() || STREAMS.contains(name)) return Optional.empty();
    if (ObjectAddress.isOne(name))
      throw Failure.usage("%s is no local file: sluice cp copies between stores".formatted(name));
    return Optional.of(Path.of(name));
  }
}
