package io.sluice.launcher.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ways to name a bucket. */
final class BucketAddressTest {
  @ParameterizedTest
  @CsvSource({
    "models, models, ''",
    "s3://models, models, ''",
    "s3://models/, models, ''",
    "models/llama, models, llama/",
    "s3://models/llama, models, llama/",
    "s3://models/llama/, models, llama/",
    "s3://models/a/b c, models, a/b c/",
    "s3://models/a//b, models, a//b/",
  })
  void aNameIsABucketOfS3(String text, String bucket, String prefix) {
    assertThat(BucketAddress.parse(text)).isEqualTo(new BucketAddress.S3(bucket, prefix));
  }

  @ParameterizedTest
  @CsvSource({
    "gs://models, models, ''",
    "gs://models/, models, ''",
    "gs://models/llama, models, llama/",
    "gs://my_models/a//b, my_models, a//b/",
  })
  void aGsUrlIsABucketOfCloudStorage(String text, String bucket, String prefix) {
    assertThat(BucketAddress.parse(text)).isEqualTo(new BucketAddress.Gcs(bucket, prefix));
  }

  @Test
  void aFileUrlIsADirectory() {
    assertThat(BucketAddress.parse("file:///srv/../srv/my models/"))
        .isEqualTo(new BucketAddress.Local(Path.of("/srv/my models"), ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gcs://models          | write gs://bucket[/prefix]",
        "gs://                 | names no bucket",
        "gs:///models          | write gs://bucket[/prefix]",
        "gs:models             | write gs://bucket[/prefix]",
        "gs://models//llama    | leave the slash at its start out",
        "gs://u:secret@models  | write gs://bucket[/prefix]",
        "https://u:secret@host | this URL with a login is not a bucket",
        "s3://u:secret@models  | leave the login out",
        "s3+https://minio      | names no bucket",
        "az://models           | write a name, s3://bucket[/prefix], gs://bucket[/prefix] or file:///directory",
        "https://host/models   | write a name, s3://bucket[/prefix], gs://bucket[/prefix] or file:///directory",
        "s3://                 | names no bucket",
        "s3:///models          | write s3://bucket[/prefix]",
        "s3:models             | write s3://bucket[/prefix]",
        "file://srv/models     | write file:///absolute/directory",
        "file:models           | write file:///absolute/directory",
        "/srv/models           | a local directory is file:///directory",
        "./models              | a local directory is file:///directory",
        "~/models              | a local directory is file:///directory",
        "''                    | names no bucket",
        "s3://models//llama    | leave the slash at its start out",
      })
  void whatIsNoBucketIsRefusedWithWhatToWrite(String text, String message) {
    assertThatThrownBy(() -> BucketAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("secret");
  }

  @Test
  void aUrlMayNameTheServerAndTheProfile() {
    var address =
        (BucketAddress.S3)
            BucketAddress.parse("s3+https://minio:9000/models/llama?profile=lab&region=lab-1");
    assertThat(address.endpoint().orElseThrow().url()).contains(URI.create("https://minio:9000"));
    assertThat(address.endpoint().orElseThrow().region()).contains("lab-1");
    assertThat(address.profile()).contains("lab");
    assertThat(address).hasToString("s3://models/llama");
    assertThat(address.withPrefix("b").endpoint()).isEqualTo(address.endpoint());
  }

  @ParameterizedTest
  @CsvSource({
    "models, s3://models",
    "s3://models/llama/, s3://models/llama",
    "gs://models/llama/, gs://models/llama",
    "file:///srv/models/, file:///srv/models"
  })
  void anAddressIsShownAsItCouldBeGiven(String text, String shown) {
    assertThat(BucketAddress.parse(text)).hasToString(shown);
    assertThat(BucketAddress.parse(shown)).isEqualTo(BucketAddress.parse(text));
  }

  @Test
  void aPrefixOfItsOwnEndsWithASlash() {
    assertThat(BucketAddress.parse("file:///srv").withPrefix("a/b").prefix()).isEqualTo("a/b/");
  }
}
