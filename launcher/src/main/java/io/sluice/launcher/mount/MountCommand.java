package io.sluice.launcher.mount;

import io.sluice.cache.CacheSettings;
import io.sluice.launcher.bucket.BucketAddress;
import io.sluice.launcher.bucket.BucketOptions;
import io.sluice.launcher.bucket.BucketSource;
import io.sluice.launcher.cache.CacheOptions;
import io.sluice.launcher.cli.Environment;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.LoggedAction;
import io.sluice.launcher.cli.StopSignals;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
      "  sluice mount -b my-models -m /models --record llama.profile",
      "  sluice mount -b my-models -m /models --profile llama.profile   (reads ahead as recorded)",
      "",
      "Credentials come from where AWS's and Google's own tools take them: environment, profiles,"
          + " logins, the role of the machine. Each long option can be given as a variable, too: SLUICE_CACHE_SIZE"
          + " for --cache-size. Ctrl-C, SIGTERM and 'sluice umount' all end it cleanly."
    })
public final class MountCommand extends LoggedAction {
  @Mixin private BucketOptions bucket = new BucketOptions();

  @Option(
      names = {"-m", "--mount-point"},
      required = true,
      paramLabel = "DIR",
      description = "An empty directory. What a dead mount left there is repaired.")
  private Path mountPoint = Path.of("");

  @Mixin private CacheOptions cache = new CacheOptions();

  @Mixin private LoadOptions load = new LoadOptions();

  @Mixin private ViewOptions view = new ViewOptions();

  @Override
  protected int run() throws Failure {
    MountRequest request = request(environment());
    StopSignals stop = StopSignals.install();
    new Mounting(request, cache.bound()).run(stop);
    return ExitCode.OK.number();
  }

  MountRequest request(Environment environment) throws Failure {
    BucketSource source = bucket.source(environment, cache.highestParallelism());
    ViewOptions.View shown = view.view(source.address());
    // Not resolved: a dead mount that is to be repaired does not answer to being looked at.
    Path where = mountPoint.toAbsolutePath().normalize();
    Optional<Path> directory =
        source.address() instanceof BucketAddress.Local local
            ? Optional.of(local.directory())
            : Optional.empty();
    Optional<String> problem = new Places(where, cache.directory(environment), directory).problem();
    if (problem.isPresent()) throw Failure.usage(problem.get());
    CacheSettings usual = cache.settings(environment);
    CacheSettings settings =
        usual.withFetching(load.of(usual.fetching(), source.address().prefix()));
    return new MountRequest(
        source, where, settings, shown.files(), shown.kernel(), load.profile(source));
  }
}
