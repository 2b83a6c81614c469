package io.sluice.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that cannot work are refused with a reason, before anything is opened. */
final class S3SettingsTest {
  @Test
  void aBucketThatIsNoneIsRefused() {
    assertThatThrownBy(() -> settings("My_Models", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'My_Models'")
        .hasMessageContaining("lower-case");
  }

  @Test
  void atLeastOneConnectionIsNeeded() {
    assertThatThrownBy(() -> settings("models", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("connections");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:9000", "ftp://localhost", "http:///path", "minio", "/x"})
  void anEndpointThatIsNoneIsRefused(String url) {
    assertThatThrownBy(() -> endpoint(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("http(s)://host[:port]");
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:9000, true",
    "https://minio.example.com, true",
    "https://s3.eu-west-3.amazonaws.com, false",
    "https://s3.cn-north-1.amazonaws.com.cn, false",
    "https://s3.amazonaws.com.example.com, true",
    "https://not-amazonaws.com, true",
  })
  void onlyAwsIsAws(String url, boolean isForeign) {
    assertThat(endpoint(url).isForeign()).isEqualTo(isForeign);
  }

  @Test
  void awsItselfIsNotForeign() {
    assertThat(S3Settings.Endpoint.AWS.isForeign()).isFalse();
  }

  private static S3Settings settings(String bucket, int connections) {
    return S3Settings.of(bucket, S3Settings.Endpoint.AWS, S3Settings.Access.USUAL, connections);
  }

  private static S3Settings.Endpoint endpoint(String url) {
    return new S3Settings.Endpoint(Optional.of(URI.create(url)), Optional.empty(), false);
  }
}
