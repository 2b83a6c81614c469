package io.sluice.launcher.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.launcher.Program;
import io.sluice.launcher.bucket.BucketAddress;
import io.sluice.launcher.bucket.BucketSource;
import io.sluice.launcher.bucket.ObjectAddress;
import io.sluice.launcher.cli.Environment;
import io.sluice.launcher.cli.Failure;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What options say to the buckets of one copy. */
final class SeveralBucketsTest {
  private final Map<String, String> variables = new HashMap<>();

  private List<BucketSource> sources(String options, String... urls) throws Failure {
    var environment = new Environment(variables, Optional.of(Path.of("/home/ada")));
    String words = "cp " + options + " " + String.join(" ", urls);
    CpCommand command =
        new Program(environment)
            .commands()
            .parseArgs(words.replaceAll(" +", " ").split(" "))
            .subcommand()
            .commandSpec()
            .commandLine()
            .getCommand();
    List<BucketAddress> buckets =
        Stream.of(urls).map(url -> ObjectAddress.parse(url).bucket()).toList();
    return command.connection().sources(buckets, environment, 4);
  }

  private static Optional<URI> server(BucketSource source) {
    return switch (source) {
      case BucketSource.S3 s3 -> s3.settings().endpoint().url();
      case BucketSource.Gcs gcs -> gcs.settings().endpoint();
      case BucketSource.S3Copies _, BucketSource.Local _ -> Optional.empty();
    };
  }

  @Test
  void theEndpointIsThatOfS3AndTheEmulatorThatOfGcs() throws Exception {
    variables.put("STORAGE_EMULATOR_HOST", "http://gcs:2");
    List<BucketSource> both =
        sources("--endpoint-url http://minio:1 --region r-1", "s3://b-1/k", "gs://b-2/k");
    assertThat(both)
        .extracting(SeveralBucketsTest::server)
        .containsExactly(
            Optional.of(URI.create("http://minio:1")), Optional.of(URI.create("http://gcs:2")));
  }

  @Test
  void theEndpointIsThatOfGcsWhereS3HasItsOwn() throws Exception {
    List<BucketSource> both =
        sources("--endpoint-url http://gcs:2", "s3+https://minio:1/b-1/k", "gs://b-2/k");
    assertThat(both)
        .extracting(SeveralBucketsTest::server)
        .containsExactly(
            Optional.of(URI.create("https://minio:1")), Optional.of(URI.create("http://gcs:2")));
  }

  @Test
  void whatAUrlSaysHoldsForItAndTheOptionForTheOther() throws Exception {
    List<BucketSource> both =
        sources(
            "--endpoint-url http://minio:1 --region lab",
            "s3://b-1/k",
            "s3+https://other:3/b-2/k?region=r-9");
    assertThat(both)
        .extracting(source -> ((BucketSource.S3) source).settings().endpoint().region())
        .containsExactly(Optional.of("lab"), Optional.of("r-9"));
    assertThat(server(both.getLast())).contains(URI.create("https://other:3"));
    assertThat(BucketSource.S3Copies.between(both.getFirst(), both.getLast())).isEmpty();
  }

  @Test
  void bucketsOfOneServerAreCopiedByIt() throws Exception {
    List<BucketSource> both =
        sources("--endpoint-url http://minio:1", "s3://b-1/k", "s3://b-2/k", "s3://b-1/other");
    assertThat(both).hasSize(2);
    assertThat(BucketSource.S3Copies.between(both.getFirst(), both.getLast())).isPresent();
  }

  @Test
  void anOptionThatIsForNoneOfThemIsRefused() {
    assertThatThrownBy(() -> sources("--region r-1", "gs://b-1/k", "gs://b-2/k"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("--region");
    assertThatThrownBy(() -> sources("--billing-project p", "s3://b-1/k", "s3://b-2/k"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("--billing-project");
    assertThatThrownBy(
            () ->
                sources(
                    "--endpoint-url http://a:1", "s3+https://m:1/b-1/k", "s3+https://m:1/b-2/k"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("--endpoint-url");
  }
}
