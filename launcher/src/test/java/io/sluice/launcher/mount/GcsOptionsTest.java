package io.sluice.launcher.mount;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.launcher.Program;
import io.sluice.launcher.bucket.BucketSource;
import io.sluice.launcher.cli.Environment;
import io.sluice.launcher.cli.Failure;
import io.sluice.store.gcs.GcsSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What options and variables become for a bucket of Google Cloud Storage. */
final class GcsOptionsTest {
  private final Map<String, String> variables = new HashMap<>();

  private BucketSource.Gcs source(String options) throws Failure {
    var environment = new Environment(variables, Optional.of(Path.of("/home/ada")));
    CommandLine commands = new Program(environment).commands();
    CommandLine mount =
        commands
            .parseArgs(("mount -m /m " + options).split(" "))
            .subcommand()
            .commandSpec()
            .commandLine();
    return (BucketSource.Gcs) mount.<MountCommand>getCommand().request(environment).bucket();
  }

  @Test
  void aBucketIsGooglesAndWeAreWhoWeAreThere() throws Failure {
    BucketSource.Gcs source = source("-b gs://models/llama");
    assertThat(source.identity()).isEqualTo("gs://models");
    assertThat(source.address().prefix()).isEqualTo("llama/");
    assertThat(source.settings().endpoint()).isEmpty();
    assertThat(source.settings().access()).isEqualTo(GcsSettings.Access.USUAL);
    assertThat(source.connections()).isEqualTo(16 + 4 + 16);
  }

  @Test
  void aPublicBucketNeedsNobody() throws Failure {
    assertThat(source("-b gs://models --no-sign-request").settings().access())
        .isEqualTo(GcsSettings.Access.ANONYMOUS);
  }

  @Test
  void somebodyElseMayPay() throws Failure {
    assertThat(source("-b gs://models --billing-project p-1").settings().access().billingProject())
        .contains("p-1");
  }

  @Test
  void anEndpointIsAnotherServerAndAnotherBucket() throws Failure {
    BucketSource.Gcs source = source("-b gs://models --endpoint-url http://gcs:4443");
    assertThat(source.settings().endpoint()).contains(URI.create("http://gcs:4443"));
    assertThat(source.settings().access().anonymous()).isFalse();
    assertThat(source.identity()).isEqualTo("gs://models at http://gcs:4443");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:4443, http://localhost:4443",
    "http://localhost:4443, http://localhost:4443",
    "https://gcs, https://gcs"
  })
  void anEmulatorIsAskedWithoutCredentials(String variable, String url) throws Failure {
    variables.put("STORAGE_EMULATOR_HOST", variable);
    GcsSettings settings = source("-b gs://models").settings();
    assertThat(settings.endpoint()).contains(URI.create(url));
    assertThat(settings.access().anonymous()).isTrue();
  }

  @Test
  void anEndpointOfTheCommandLineComesBeforeAnEmulator() throws Failure {
    variables.put("STORAGE_EMULATOR_HOST", "localhost:4443");
    GcsSettings settings = source("-b gs://models --endpoint-url http://other").settings();
    assertThat(settings.endpoint()).contains(URI.create("http://other"));
    assertThat(settings.access().anonymous()).isFalse();
  }

  @Test
  void anEndpointOfAwsIsNoneOfGoogles() throws Failure {
    variables.put("AWS_ENDPOINT_URL", "http://minio:9000");
    assertThat(source("-b gs://models").settings().endpoint()).isEmpty();
  }

  @Test
  void theProxyOfTheNetworkIsOnTheWayToGoogleButNotToThisMachine() throws Failure {
    variables.put("HTTPS_PROXY", "http://proxy:3128");
    variables.put("HTTP_PROXY", "http://proxy:3129");
    assertThat(proxy("-b gs://models")).isEqualTo("http://proxy:3128");
    assertThat(proxy("-b gs://models --endpoint-url http://gcs")).isEqualTo("http://proxy:3129");
    assertThat(proxy("-b gs://models --endpoint-url http://localhost:4443")).isEqualTo("none");
    assertThat(proxy("-b gs://models --proxy none")).isEqualTo("none");
    assertThat(proxy("-b gs://models --proxy http://other:1")).isEqualTo("http://other:1");
  }

  private String proxy(String options) throws Failure {
    return source(options)
        .settings()
        .transport()
        .proxy()
        .map(proxy -> proxy.address().toString())
        .orElse("none");
  }
}
