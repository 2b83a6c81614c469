package io.sluice.launcher.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.launcher.Program;
import io.sluice.launcher.bucket.BucketSource;
import io.sluice.launcher.cli.Environment;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import io.sluice.store.s3.Encryption;
import io.sluice.store.s3.S3Settings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What options, variables and profiles say about a bucket of S3. */
final class S3OptionsTest {
  @TempDir private Path home;
  private final Map<String, String> variables = new HashMap<>();

  private BucketSource.S3 source(String options) throws Failure {
    return source("models", options);
  }

  private BucketSource.S3 source(String bucket, String options) throws Failure {
    var environment = new Environment(variables, Optional.of(home));
    CommandLine commands = new Program(environment).commands();
    CommandLine mount =
        commands
            .parseArgs(("mount -m /m -b " + bucket + " " + options).strip().split(" "))
            .subcommand()
            .commandSpec()
            .commandLine();
    return (BucketSource.S3) mount.<MountCommand>getCommand().request(environment).bucket();
  }

  private S3Settings settings(String options) throws Failure {
    return source(options).settings();
  }

  private void config(String text) throws Exception {
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(home.resolve(".aws/config"), text);
  }

  @Test
  void aProfileNamesTheServerAndItsRegion() throws Exception {
    config(
        """
        [profile lab]
        endpoint_url = http://lab:9000
        region = lab-1
        """);
    S3Settings.Endpoint endpoint = settings("--aws-profile lab").endpoint();
    assertThat(endpoint.url()).contains(URI.create("http://lab:9000"));
    assertThat(endpoint.region()).contains("lab-1");
    assertThat(endpoint.pathStyle()).isTrue();
    variables.put("AWS_PROFILE", "lab");
    assertThat(settings("").endpoint()).isEqualTo(endpoint);
  }

  @Test
  void whatIsCachedOfAServerInAProfileIsNotShownForAws() throws Exception {
    config("[profile lab]\nendpoint_url = http://lab:9000\n");
    assertThat(source("--aws-profile lab").identity()).isEqualTo("s3://models at http://lab:9000");
    assertThat(source("").identity()).isEqualTo("s3://models");
  }

  @Test
  void anEndpointThatIsGivenTakesTheRegionOfTheProfile() throws Exception {
    config("[default]\nregion = lab-1\n");
    S3Settings.Endpoint endpoint = settings("--endpoint-url http://given:1").endpoint();
    assertThat(endpoint.url()).contains(URI.create("http://given:1"));
    assertThat(endpoint.region()).contains("lab-1");
  }

  /** As s3gof3r's users write it. */
  @Test
  void aServerMayBeGivenByItsHost() throws Exception {
    assertThat(settings("--endpoint minio:9000 --no-ssl").endpoint().url())
        .contains(URI.create("http://minio:9000"));
    assertThat(settings("--endpoint minio").endpoint().url()).contains(URI.create("https://minio"));
    for (String wrong :
        List.of(
            "--no-ssl",
            "--endpoint http://minio",
            "--endpoint minio --endpoint-url http://minio",
            "--endpoint s3.amazonaws.com"))
      assertThatThrownBy(() -> settings(wrong))
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.code()).isEqualTo(ExitCode.USAGE));
  }

  @Test
  void variablesGoBeforeTheProfileAndOptionsBeforeBoth() throws Exception {
    config("[default]\nregion = profile-1\nendpoint_url = http://profile:1\n");
    variables.put("AWS_REGION", "variable-1");
    variables.put("AWS_ENDPOINT_URL", "http://variable:1");
    assertThat(settings("").endpoint().region()).contains("variable-1");
    assertThat(settings("").endpoint().url()).contains(URI.create("http://variable:1"));
    assertThat(settings("--region given-1").endpoint().region()).contains("given-1");
    variables.put("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "TRUE");
    assertThat(settings("").endpoint().url()).isEmpty();
  }

  @Test
  void theFilesOfAwsMayBeElsewhere() throws Exception {
    Path file = Files.writeString(home.resolve("other"), "[default]\nregion = other-1\n");
    variables.put("AWS_CONFIG_FILE", file.toString());
    assertThat(settings("").endpoint().region()).contains("other-1");
    variables.put("AWS_CONFIG_FILE", "~/other");
    assertThat(settings("").endpoint().region()).contains("other-1");
    variables.remove("AWS_CONFIG_FILE");
    variables.put("AWS_SHARED_CREDENTIALS_FILE", file.toString());
    assertThat(settings("").endpoint().region()).contains("other-1");
  }

  @Test
  void aFileOfAwsThatIsNoneIsAWrongOption() throws Exception {
    config("region = eu-west-1");
    Failure failure = catchThrowableOfType(Failure.class, () -> settings(""));
    assertThat(failure.code()).isEqualTo(ExitCode.USAGE);
    assertThat(failure.line()).contains(home.resolve(".aws/config").toString());
  }

  @Test
  void whoAndWhereIsHandedOn() throws Failure {
    S3Settings settings = settings("--expected-bucket-owner 123456789012 --dual-stack --fips");
    assertThat(settings.access().owner()).contains("123456789012");
    assertThat(settings.endpoint().dualStack()).isTrue();
    assertThat(settings.endpoint().fips()).isTrue();
    assertThat(settings.transport().agent()).startsWith("sluice/");
  }

  @Test
  void encryptionIsHandedOn() throws Failure {
    assertThat(settings("").encryption()).isEqualTo(Encryption.OF_BUCKET);
    assertThat(settings("--sse AES256").encryption()).isEqualTo(Encryption.AES_256);
    assertThat(settings("--sse aws:kms").encryption())
        .isEqualTo(new Encryption.Kms(Optional.empty(), false));
    assertThat(settings("--sse aws:kms --sse-kms-key-id k --bucket-key-enabled").encryption())
        .isEqualTo(new Encryption.Kms(Optional.of("k"), true));
  }

  @Test
  void authoritiesComeFromTheOptionOrTheVariableOfAws() throws Exception {
    Path given = Files.createFile(home.resolve("given.pem"));
    Path usual = Files.createFile(home.resolve("usual.pem"));
    variables.put("AWS_CA_BUNDLE", usual.toString());
    assertThat(settings("").transport().caBundle()).contains(usual);
    assertThat(settings("--ca-bundle " + given).transport().caBundle()).contains(given);
    variables.put("AWS_CA_BUNDLE", home.resolve("no.pem").toString());
    assertThat(catchThrowableOfType(Failure.class, () -> settings("")).line())
        .contains("no.pem", "AWS_CA_BUNDLE");
  }

  @ParameterizedTest
  @CsvSource({
    "https_proxy=http://p:1, '', http://p:1",
    "HTTPS_PROXY=http://p:1, '', http://p:1",
    "http_proxy=http://p:1, '', ''",
    "http_proxy=http://p:1, --endpoint-url http://minio, http://p:1",
    "https_proxy=http://p:1, --endpoint-url http://minio, ''",
    "https_proxy=http://p:1, --endpoint-url https://minio, http://p:1",
    "http_proxy=http://p:1, --endpoint-url http://127.0.0.1:9000, ''",
    "http_proxy=http://p:1, --endpoint-url http://localhost:9000, ''",
    "https_proxy=http://p:1, --proxy http://q:2, http://q:2",
    "https_proxy=http://p:1, --proxy none, ''",
    "x=y, --proxy http://q:2 --endpoint-url http://127.0.0.1:1, http://q:2",
  })
  void theProxyIsTheOneForTheScheme(String variable, String options, String proxy)
      throws Exception {
    String[] parts = variable.split("=", 2);
    variables.put(parts[0], parts[1]);
    assertThat(settings(options).transport().proxy().map(p -> p.url().toString()).orElse(""))
        .isEqualTo(proxy);
  }

  @Test
  void theProxyIsLeftOutForSomeHosts() throws Exception {
    variables.put("https_proxy", "http://small:1");
    variables.put("HTTPS_PROXY", "http://capital:1");
    variables.put("NO_PROXY", "example.com, .internal");
    var proxy = settings("").transport().proxy().orElseThrow();
    assertThat(proxy.url()).hasHost("small");
    assertThat(proxy.except()).containsExactly("example.com", ".internal");
  }

  @Test
  void aUrlNamesTheServerWhateverTheEnvironmentSays() throws Exception {
    config("[default]\nregion = profile-1\nendpoint_url = http://profile:1\n");
    variables.put("AWS_REGION", "variable-1");
    variables.put("AWS_ENDPOINT_URL", "http://variable:1");
    var source = source("s3+https://minio:9000/models/a", "");
    assertThat(source.settings().endpoint().url()).contains(URI.create("https://minio:9000"));
    assertThat(source.settings().endpoint().region()).isEmpty();
    assertThat(source.settings().bucket()).isEqualTo("models");
    assertThat(source.address().prefix()).isEqualTo("a/");
    assertThat(source.identity()).isEqualTo("s3://models at https://minio:9000");
    assertThat(
            source("s3+https://minio:9000/models", "--region r-1").settings().endpoint().region())
        .contains("r-1");
  }

  @Test
  void aUrlOfAwsIsAwsWhateverTheEnvironmentSays() throws Exception {
    variables.put("AWS_REGION", "variable-1");
    variables.put("AWS_ENDPOINT_URL", "http://variable:1");
    var inRegion = source("s3+https://models.s3.eu-west-3.amazonaws.com", "--dual-stack");
    assertThat(inRegion.settings().endpoint().url()).isEmpty();
    assertThat(inRegion.settings().endpoint().region()).contains("eu-west-3");
    assertThat(inRegion.settings().endpoint().dualStack()).isTrue();
    assertThat(inRegion.identity()).isEqualTo("s3://models");
    var anywhere = source("s3+https://models.s3.amazonaws.com", "");
    assertThat(anywhere.settings().endpoint().region()).contains("variable-1");
  }

  @Test
  void aUrlNamesTheProfile() throws Exception {
    config("[profile lab]\nregion = lab-1\n");
    S3Settings settings = source("s3+https://s3.amazonaws.com/models?profile=lab", "").settings();
    assertThat(settings.access().profile()).contains("lab");
    assertThat(settings.endpoint().region()).contains("lab-1");
  }
}
