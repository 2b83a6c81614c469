package io.sluice.launcher.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.launcher.bucket.BucketAddress;
import io.sluice.launcher.bucket.BucketSource;
import io.sluice.launcher.bucket.ConnectionOptions;
import io.sluice.launcher.cli.Environment;
import io.sluice.launcher.cli.Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;

/** How a bucket is reached is kept, so that another environment reaches the same one. */
final class KeptConnectionTest {
  private static final KeptConnection.Here NOTHING = in(Map.of());

  private static KeptConnection.Here in(Map<String, String> variables) {
    return new KeptConnection.Here(new Environment(variables, Optional.empty()), 4);
  }

  @Command
  private static final class Asking {
    @Mixin private ConnectionOptions connection = new ConnectionOptions();
    private final CommandLine line = new CommandLine(this);

    Asking(String... arguments) {
      line.parseArgs(arguments);
    }

    BucketSource source(String bucket, Map<String, String> variables) throws Failure {
      var environment = new Environment(variables, Optional.empty());
      return connection.source(BucketAddress.parse(bucket), environment, 4);
    }

    List<String> kept(String bucket, Map<String, String> variables) throws Failure {
      return KeptConnection.of(source(bucket, variables), line.getCommandSpec());
    }
  }

  private static BucketSource again(BucketSource source, List<String> kept, String... arguments)
      throws Failure {
    BucketAddress bucket = BucketAddress.parse(KeptConnection.bucket(source));
    return KeptConnection.source(bucket, kept, new Asking(arguments).line, NOTHING);
  }

  @Test
  void whatTheEnvironmentSaysOfThePlaceIsKept() throws Failure {
    var variables =
        Map.of("AWS_ENDPOINT_URL", "http://minio:9000", "AWS_REGION", "lab-1", "AWS_X", "y");
    var asking = new Asking();
    List<String> kept = asking.kept("models", variables);
    assertThat(kept).containsExactly("--endpoint-url=http://minio:9000", "--region=lab-1");
    BucketSource before = asking.source("models", variables);
    assertThat(again(before, kept)).isEqualTo(before);
  }

  @Test
  void whatIsGivenIsKeptAndALoginIsNot() throws Failure {
    var asking =
        new Asking(
            "--sse",
            "aws:kms",
            "--sse-kms-key-id",
            "k1",
            "--requester-pays",
            "--proxy",
            "http://me:secret@proxy:3128");
    assertThat(asking.kept("s3://models", Map.of()))
        .containsExactlyInAnyOrder(
            "--requester-pays", "--sse=aws:kms", "--sse-kms-key-id=k1", "--endpoint-url=");
  }

  @Test
  void everyFormOfABucketIsFoundAgain() throws Failure {
    for (String bucket :
        List.of(
            "models",
            "s3+https://minio.example.com:9000/models?region=lab-1",
            "s3+https://models.minio.example.com/?addressing=virtual&region=lab-1",
            "s3+https://models.s3.eu-west-3.amazonaws.com",
            "gs://models",
            "file:///srv/models")) {
      var asking = new Asking();
      BucketSource before = asking.source(bucket, Map.of());
      BucketSource after = again(before, asking.kept(bucket, Map.of()));
      assertThat(after.identity()).isEqualTo(before.identity());
      if (before instanceof BucketSource.S3 s3 && after instanceof BucketSource.S3 found) {
        assertThat(found.settings().endpoint().url()).isEqualTo(s3.settings().endpoint().url());
        assertThat(found.settings().endpoint().region())
            .isEqualTo(s3.settings().endpoint().region());
        assertThat(found.settings().endpoint().pathStyle())
            .isEqualTo(s3.settings().endpoint().pathStyle());
      }
    }
  }

  @Test
  void anEmulatorIsStillAskedWithoutALogin() throws Failure {
    assertThat(new Asking().kept("gs://models", Map.of("STORAGE_EMULATOR_HOST", "localhost:4443")))
        .containsExactlyInAnyOrder("--endpoint-url=http://localhost:4443", "--no-sign-request");
  }

  @Test
  void whatIsGivenNowTakesThePlaceOfWhatWasKept() throws Failure {
    var source = new Asking().source("models", Map.of());
    var kept = List.of("--endpoint-url=http://old:9000", "--region=lab-1");
    BucketSource now = again(source, kept, "--endpoint-url", "http://new:9000");
    assertThat(now.identity()).isEqualTo("s3://models at http://new:9000");
    assertThat(KeptConnection.of(now, new Asking().line.getCommandSpec()))
        .contains("--region=lab-1");
  }

  @Test
  void whatNobodyKnowsIsNotGuessedAt() {
    var command = new Asking().line;
    BucketAddress bucket = BucketAddress.parse("models");
    assertThatThrownBy(() -> KeptConnection.source(bucket, List.of("--tunnel=x"), command, NOTHING))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("state file");
  }

  @Test
  void aServerByItsHostIsFoundAgainAndGivesWayToAnother() throws Failure {
    var asking = new Asking("--endpoint", "minio:9000", "--no-ssl");
    List<String> kept = asking.kept("models", Map.of());
    BucketSource before = asking.source("models", Map.of());
    assertThat(again(before, kept)).isEqualTo(before);
    assertThat(again(before, kept, "--endpoint", "other:9000").identity())
        .isEqualTo("s3://models at https://other:9000");
    var emulator = new Asking("--endpoint", "localhost:4443", "--no-ssl");
    BucketSource inGcs = emulator.source("gs://models", Map.of());
    assertThat(again(inGcs, emulator.kept("gs://models", Map.of()))).isEqualTo(inGcs);
  }

  @Test
  void whereNoServerWasNamedVariablesNameNone() throws Failure {
    var now =
        in(Map.of("AWS_ENDPOINT_URL", "http://minio:9000", "STORAGE_EMULATOR_HOST", "localhost:4"));
    for (String bucket : List.of("s3://models", "gs://models")) {
      List<String> kept = new Asking().kept(bucket, Map.of());
      var found = KeptConnection.source(BucketAddress.parse(bucket), kept, new Asking().line, now);
      assertThat(found.identity()).isEqualTo(bucket);
    }
  }

  @Test
  void aVariableThatStandsForAnOptionDoesNotTakeThePlaceOfWhatWasKept() throws Failure {
    var asking = new Asking();
    asking.line.setDefaultValueProvider(
        option ->
            option instanceof OptionSpec some && some.longestName().equals("--endpoint-url")
                ? "http://mounts:9000"
                : null);
    asking.line.parseArgs();
    BucketSource found =
        KeptConnection.source(
            BucketAddress.parse("models"),
            List.of("--endpoint-url=http://kept:9000"),
            asking.line,
            NOTHING);
    assertThat(found.identity()).isEqualTo("s3://models at http://kept:9000");
  }

  @Test
  void onlyTheLoginOfAProxyIsLeftOut() throws Failure {
    var asking = new Asking("--sse", "aws:kms", "--sse-kms-key-id", "team@example");
    assertThat(asking.kept("models", Map.of())).contains("--sse-kms-key-id=team@example");
  }
}
