package io.sluice.launcher;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code sluice mount}: turns options into a request, and serves it until it is unmounted. */
@Command(
    name = "mount",
    description = "Mount a bucket, read-only, and serve it in the foreground until unmounted.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice mount --bucket my-models --mount-point /models",
      "  sluice mount -b s3://my-models/llama -m /models --data-dir /nvme/sluice --cache-size 500G",
      "  sluice mount -b models -m /models --endpoint-url http://127.0.0.1:9000   (MinIO and others)",
      "  sluice mount -b s3+https://models.s3.eu-west-3.amazonaws.com/llama -m /models",
      "  sluice mount -b gs://my-models/llama -m /models",
      "  sluice mount -b file:///srv/models -m /models",
      "",
      "Credentials come from where AWS's and Google's own tools take them: environment, profiles,"
          + " logins, the role of the machine. Each long option can be given as a variable, too: SLUICE_CACHE_SIZE"
          + " for --cache-size. Ctrl-C, SIGTERM and 'sluice umount' all end it cleanly."
    })
final class MountCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SluiceCommand parent;

  @Mixin private BucketOptions bucket = new BucketOptions();

  @Option(
      names = {"-m", "--mount-point"},
      required = true,
      paramLabel = "DIR",
      description = "An empty directory. What a dead mount left there is repaired.")
  private Path mountPoint = Path.of("");

  @Mixin private CacheOptions cache = new CacheOptions();

  @Mixin private ViewOptions view = new ViewOptions();

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      defaultValue = "info",
      description =
          "error, warn, info, debug or trace; lines go to stderr. Default: ${DEFAULT-VALUE}")
  private Logging.Level logLevel = Logging.Level.INFO;

  Logging.Level logLevel() {
    return logLevel;
  }

  @Override
  public Integer call() throws Failure {
    Logging.to(logLevel);
    if (parent == null) throw new IllegalStateException("mount is a command of sluice");
    MountRequest request = request(parent.environment());
    StopSignals stop = StopSignals.install();
    new Mounting(request, cache.bound()).run(stop);
    return ExitCode.OK.number();
  }

  MountRequest request(Environment environment) throws Failure {
    BucketSource source = bucket.source(environment, cache.parallelism());
    ViewOptions.View shown = view.view(source.address());
    // Not resolved: a dead mount that is to be repaired does not answer to being looked at.
    Path where = mountPoint.toAbsolutePath().normalize();
    Optional<Path> directory =
        source.address() instanceof BucketAddress.Local local
            ? Optional.of(local.directory())
            : Optional.empty();
    Optional<String> problem = new Places(where, cache.directory(environment), directory).problem();
    if (problem.isPresent()) throw Failure.usage(problem.get());
    return new MountRequest(
        source, where, cache.settings(environment), shown.files(), shown.kernel());
  }
}
