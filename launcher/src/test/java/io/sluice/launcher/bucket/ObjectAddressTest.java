package io.sluice.launcher.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ObjectAddressTest {
  @ParameterizedTest
  @CsvSource({
    "s3://b/k, s3://b, k",
    "s3://b/a/b c#d%20, s3://b, a/b c#d%20",
    "s3://b//a//, s3://b, /a//",
    "s3://b, s3://b, ''",
    "s3://b/, s3://b, ''",
    "gs://b/a/k, gs://b, a/k",
    "gs://b, gs://b, ''",
    "s3+https://minio:9000/b/a%20b, s3://b, a b",
    "file:///srv/models/x.bin, file:///srv/models, x.bin",
    "file:///srv/models/, file:///srv/models, ''",
  })
  void aUrlIsABucketAndAKey(String url, String bucket, String key) {
    ObjectAddress address = ObjectAddress.parse(url);
    assertThat(address.bucket()).hasToString(bucket);
    assertThat(address.key()).isEqualTo(key);
  }

  @Test
  void aServerInTheUrlIsThatOfItsBucket() {
    var address = (BucketAddress.S3) ObjectAddress.parse("s3+https://minio:9000/b/k").bucket();
    assertThat(address.endpoint().orElseThrow().url().orElseThrow())
        .hasToString("https://minio:9000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"k", "a/b", "http://host/b/k", "s3://", "gs://", "gs:///k", "gcs://b/k"})
  void whatIsNoneSaysWhatToWrite(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ObjectAddress.parse(text))
        .withMessageContaining("://bucket");
  }

  @Test
  void pathsAreNoUrls() {
    assertThat(ObjectAddress.isOne("/a/b")).isFalse();
    assertThat(ObjectAddress.isOne("a:b/c")).isFalse();
    assertThat(ObjectAddress.isOne("s3://b/k")).isTrue();
  }
}
