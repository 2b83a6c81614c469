package io.sluice.launcher.mount;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cache.CacheSettings;
import io.sluice.cache.WholeFiles;
import io.sluice.cache.profile.ProfileRecorder;
import io.sluice.fs.FsSettings;
import io.sluice.fs.fuse.Access;
import io.sluice.launcher.Program;
import io.sluice.launcher.bucket.BucketSource;
import io.sluice.launcher.cli.Environment;
import io.sluice.launcher.cli.Failure;
import io.sluice.store.ObjectVersion;
import io.sluice.store.s3.S3Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the options of mount, and variables, become. */
final class MountOptionsTest {
  private final Map<String, String> variables = new HashMap<>();

  private MountRequest request(String options) throws Failure {
    var environment = new Environment(variables, Optional.of(Path.of("/home/ada")));
    CommandLine commands = new Program(environment).commands();
    CommandLine mount =
        commands
            .parseArgs(("mount " + options).split(" "))
            .subcommand()
            .commandSpec()
            .commandLine();
    return mount.<MountCommand>getCommand().request(environment);
  }

  private S3Settings s3(String options) throws Failure {
    return ((BucketSource.S3) request("-m /m " + options).bucket()).settings();
  }

  @Test
  void defaultsAreThoseOfTheHelp() throws Failure {
    MountRequest request = request("-b models -m /m");
    assertThat(request.bucket().identity()).isEqualTo("s3://models");
    assertThat(request.mountPoint()).isEqualTo(Path.of("/m"));
    assertThat(request.cache().directory()).isEqualTo(Path.of("/home/ada/.cache/sluice"));
    assertThat(request.cache().fetching().parallelism()).isEqualTo(16);
    assertThat(request.files().metadataTtl()).isEqualTo(Duration.ofSeconds(60));
    assertThat(request.files().ownership().fileMode()).isEqualTo(0444);
    assertThat(request.files().ownership().directoryMode()).isEqualTo(0555);
    assertThat(request.kernel().access()).isEqualTo(Access.OWNER);
    assertThat(request.kernel().autoUnmount()).isFalse();
    assertThat(request.kernel().source()).isEqualTo("s3://models");
  }

  @Test
  void filesBelongToWhoeverMounts() throws Failure {
    MountRequest request = request("-b models -m /m");
    assertThat(request.files().ownership().uid())
        .isEqualTo((int) new com.sun.security.auth.module.UnixSystem().getUid());
  }

  @Test
  void theConnectionsAreMoreThanTheRequestsInFlight() throws Failure {
    assertThat(s3("-b models --parallelism 100").connections()).isGreaterThan(125);
    assertThat(s3("-b models --parallelism auto").connections()).isGreaterThan(80);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-b", "--bucket", "--bucket-name"})
  void theBucketHasThreeNames(String option) throws Failure {
    assertThat(request(option + " s3://models/llama -m /m").files().prefix()).isEqualTo("llama/");
  }

  @Test
  void aPrefixIsPartOfWhatIsShownButNotOfWhatIsCachedFor() throws Failure {
    MountRequest request = request("-b models --prefix a/b -m /m");
    assertThat(request.files().prefix()).isEqualTo("a/b/");
    assertThat(request.bucket().identity()).isEqualTo("s3://models");
    assertThat(request.kernel().source()).isEqualTo("s3://models/a/b");
  }

  @Test
  void theSameBucketOfAnotherServerIsAnotherBucket() throws Failure {
    assertThat(request("-b models -m /m --endpoint-url http://a:9000").bucket().identity())
        .isNotEqualTo(request("-b models -m /m --endpoint-url http://b:9000").bucket().identity());
  }

  @Test
  void optionsOfTheKernelAreMergedWithFlags() throws Failure {
    MountRequest request =
        request(
            "-b models -m /m --allow-other --auto_unmount --direct-io"
                + " -o uid=7,gid=8,umask=027,noatime -o max_read=65536 --gid 9 --dir-mode 700");
    assertThat(request.kernel().access()).isEqualTo(Access.EVERYONE);
    assertThat(request.kernel().autoUnmount()).isTrue();
    assertThat(request.kernel().reading().direct()).isTrue();
    assertThat(request.kernel().extra()).containsExactly("noatime", "max_read=65536");
    assertThat(request.files().ownership().uid()).isEqualTo(7);
    assertThat(request.files().ownership().gid()).isEqualTo(9);
    assertThat(request.files().ownership().fileMode()).isEqualTo(0750);
    assertThat(request.files().ownership().directoryMode()).isEqualTo(0700);
  }

  @Test
  void allowRootLetsRootIn() throws Failure {
    assertThat(request("-b models -m /m --allow-root").kernel().access()).isEqualTo(Access.ROOT);
  }

  @Test
  void foreverIsForever() throws Failure {
    assertThat(request("-b models -m /m --metadata-ttl forever").files().metadataTtl())
        .isEqualTo(FsSettings.FOREVER);
  }

  @Test
  void theCacheIsBoundedByWhatIsGivenAndAlwaysLeavesRoom() throws Failure {
    MountRequest request = request("-b models -m /m --cache-size 10G --data-dir /nowhere/cache");
    assertThat(request.cache().space().most()).isEqualTo(10L << 30);
    assertThat(request.cache().space().reserve()).isPositive().isLessThanOrEqualTo(20L << 30);
    assertThat(request.cache().directory()).isEqualTo(Path.of("/nowhere/cache"));
  }

  @Test
  void theCacheDirectoryOfTheDesktopIsUsedWhereItIsSet() throws Failure {
    variables.put("XDG_CACHE_HOME", "/xdg");
    assertThat(request("-b models -m /m").cache().directory()).isEqualTo(Path.of("/xdg/sluice"));
    variables.put("XDG_CACHE_HOME", "relative");
    assertThat(request("-b models -m /m").cache().directory())
        .isEqualTo(Path.of("/home/ada/.cache/sluice"));
  }

  @Test
  void whatIsNotGivenComesFromOurVariables() throws Failure {
    variables.put("SLUICE_BUCKET", "from-variable");
    variables.put("SLUICE_MOUNT_POINT", "/v");
    variables.put("SLUICE_PARALLELISM", "3");
    variables.put("SLUICE_ALLOW_OTHER", "true");
    MountRequest request = request("--parallelism 5");
    assertThat(request.bucket().identity()).isEqualTo("s3://from-variable");
    assertThat(request.mountPoint()).isEqualTo(Path.of("/v"));
    assertThat(request.cache().fetching().parallelism()).isEqualTo(5);
    assertThat(request.kernel().access()).isEqualTo(Access.EVERYONE);
  }

  @Test
  void howMuchAtOnceMayBeLeftToTheProgram() throws Failure {
    CacheSettings.Requests requests =
        request("-b models -m /m --parallelism auto").cache().fetching().requests();
    assertThat(requests).isEqualTo(new CacheSettings.Requests(16, true));
    assertThat(request("-b models -m /m").cache().fetching().requests())
        .isEqualTo(CacheSettings.Requests.fixed(16));
  }

  @Test
  void whatIsFetchedWholeIsHandedOn() throws Failure {
    assertThat(request("-b models -m /m").cache().fetching().whole()).isEqualTo(WholeFiles.USUAL);
    WholeFiles whole =
        request("-b s3://models/llama -m /m --prefetch off --model-files *.w,7b/**")
            .cache()
            .fetching()
            .whole();
    assertThat(whole.mode()).isEqualTo(WholeFiles.Mode.OFF);
    assertThat(whole.models()).hasToString("[*.w, 7b/**]");
    assertThat(whole.models().getLast().matches("llama/7b/x")).isTrue();
    assertThat(whole.models().getLast().matches("7b/x")).isFalse();
  }

  @Test
  void theOrderOfALoadIsWrittenDownAndFollowed(@TempDir Path directory) throws Exception {
    var a = new ObjectVersion("llama/a", "1", 10);
    var b = new ObjectVersion("b", "1", 10);
    Path before = directory.resolve("before");
    try (var recorder = ProfileRecorder.open(before, "s3://models", InstantSource.system())) {
      recorder.read(a, 4, 2);
      recorder.read(b, 0, 1);
    }
    LoadProfile none = request("-b models -m /m").profile();
    assertThat(none).isEqualTo(new LoadProfile(Optional.empty(), Optional.empty()));
    LoadProfile both =
        request("-b models -m /m --profile %s --record %s".formatted(before, before)).profile();
    assertThat(both.recorder()).isPresent();
    assertThat(both.followed().orElseThrow().keys()).containsExactly("llama/a", "b");
    LoadProfile part = request("-b s3://models/llama -m /m --profile " + before).profile();
    assertThat(part.followed().orElseThrow().keys()).containsExactly("llama/a");
  }

  @Test
  void theEndpointAndTheRegionComeFromTheVariablesOfAws() throws Failure {
    variables.put("AWS_ENDPOINT_URL", "http://all:1");
    variables.put("AWS_DEFAULT_REGION", "eu-default-1");
    assertThat(s3("-b models").endpoint().url()).contains(URI.create("http://all:1"));
    assertThat(s3("-b models").endpoint().region()).contains("eu-default-1");
    variables.put("AWS_ENDPOINT_URL_S3", "http://s3:1");
    variables.put("AWS_REGION", "eu-region-1");
    assertThat(s3("-b models").endpoint().url()).contains(URI.create("http://s3:1"));
    assertThat(s3("-b models").endpoint().region()).contains("eu-region-1");
    S3Settings given = s3("-b models --endpoint-url http://given:1 --region given");
    assertThat(given.endpoint().url()).contains(URI.create("http://given:1"));
    assertThat(given.endpoint().region()).contains("given");
    variables.put("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
    assertThat(s3("-b models").endpoint().url()).isEmpty();
  }

  @Test
  void howToAskIsHandedOn() throws Failure {
    S3Settings settings = s3("-b models --aws-profile p --requester-pays --path-style");
    assertThat(settings.access()).isEqualTo(new S3Settings.Access(Optional.of("p"), false, true));
    assertThat(s3("-b models --no-sign-request").access().anonymous()).isTrue();
    assertThat(settings.endpoint().pathStyle()).isTrue();
  }
}
