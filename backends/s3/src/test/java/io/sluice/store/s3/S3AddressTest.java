package io.sluice.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The URLs of buckets. */
final class S3AddressTest {
  @ParameterizedTest
  @CsvSource({
    "s3://models, models, ''",
    "s3://models/, models, ''",
    "s3://models/a/b c, models, a/b c",
    "s3://models/a%20b, models, a%20b",
    "s3://models/a?b#c, models, a?b#c",
    "s3://models/a@b, models, a@b",
  })
  void aNameIsTakenAsItIsWritten(String url, String bucket, String prefix) {
    assertThat(S3Address.parse(url)).isEqualTo(S3Address.of(bucket, prefix));
  }

  @ParameterizedTest
  @CsvSource({
    "s3+https://minio.test/models, models, '', https://minio.test, true",
    "s3+https://minio.test:9000/models/a/b/, models, a/b/, https://minio.test:9000, true",
    "s3+https://MINIO.test/models/A, models, A, https://minio.test, true",
    "s3+https://minio.test/models/a%20b%2B+c, models, a b++c, https://minio.test, true",
    "s3+https://10.0.0.1/models, models, '', https://10.0.0.1, true",
    "s3+http://localhost:9000/models, models, '', http://localhost:9000, true",
    "s3+http://127.0.0.1:9000/models, models, '', http://127.0.0.1:9000, true",
    "s3+http://127.1.2.3/models, models, '', http://127.1.2.3, true",
    "s3+http://[::1]:9000/models, models, '', http://[::1]:9000, true",
    "s3+https://models.s3.lab.test/a, models, a, https://s3.lab.test, false",
    "s3+https://models.s3-eu.lab.test/a, models, a, https://s3-eu.lab.test, false",
    "s3+https://a.b.s3.lab.test:9/c, a.b, c, https://s3.lab.test:9, false",
    "s3+https://s3.lab.test/models/a, models, a, https://s3.lab.test, true",
    "s3+https://x.s3.lab.test/models?addressing=path, models, '', https://x.s3.lab.test, true",
    "s3+https://models.lab.test/a?addressing=virtual, models, a, https://lab.test, false",
    "s3+https://a.b.s3.lab.test/c?addressing=virtual, a.b, c, https://s3.lab.test, false",
    "s3+https://amazonaws.com.lab.test/models, models, '', https://amazonaws.com.lab.test, true",
  })
  void aServerIsNamedWithItsBucket(
      String text, String bucket, String prefix, URI url, boolean pathStyle) {
    S3Address address = S3Address.parse(text);
    assertThat(address.bucket()).isEqualTo(bucket);
    assertThat(address.prefix()).isEqualTo(prefix);
    S3Settings.Endpoint endpoint = address.endpoint().orElseThrow();
    assertThat(endpoint.url()).contains(url);
    assertThat(endpoint.pathStyle()).isEqualTo(pathStyle);
    assertThat(endpoint.region()).as("us-east-1, which other servers accept").isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "s3+https://models.s3.eu-west-3.amazonaws.com/a/b, models, a/b, eu-west-3",
    "s3+https://models.s3-eu-west-3.amazonaws.com, models, '', eu-west-3",
    "s3+https://models.v2.s3.eu-west-3.amazonaws.com/, models.v2, '', eu-west-3",
    "s3+https://s3.eu-west-3.amazonaws.com/models/a, models, a, eu-west-3",
    "s3+https://s3-eu-west-3.amazonaws.com/models?addressing=path, models, '', eu-west-3",
    "s3+https://models.s3.cn-north-1.amazonaws.com.cn/a, models, a, cn-north-1",
    "s3+https://models.s3.amazonaws.com/a, models, a, ''",
    "s3+https://models.s3.amazonaws.com/a?region=eu-west-3, models, a, eu-west-3",
    "s3+https://models.s3.eu-west-1.amazonaws.com/a?region=eu-west-3, models, a, eu-west-3",
  })
  void aHostOfAwsNamesTheRegion(String text, String bucket, String prefix, String region) {
    S3Address address = S3Address.parse(text);
    assertThat(address.bucket()).isEqualTo(bucket);
    assertThat(address.prefix()).isEqualTo(prefix);
    S3Settings.Endpoint endpoint = address.endpoint().orElseThrow();
    assertThat(endpoint.url()).isEmpty();
    assertThat(endpoint.region().orElse("")).isEqualTo(region);
  }

  @Test
  void aHostOfAwsNamesItsKind() {
    var endpoint =
        S3Address.parse("s3+https://m.s3-fips.dualstack.us-east-1.amazonaws.com").endpoint();
    assertThat(endpoint.orElseThrow().fips()).isTrue();
    assertThat(endpoint.orElseThrow().dualStack()).isTrue();
  }

  @Test
  void flagsAreRead() {
    S3Address address =
        S3Address.parse(
            "s3+https://minio.test/models/a?addressing=path&region=lab-1&profile=a%20b");
    assertThat(address.profile()).contains("a b");
    assertThat(address.endpoint().orElseThrow().region()).contains("lab-1");
    assertThat(address.endpoint().orElseThrow().addressing()).isEqualTo(S3Settings.Addressing.PATH);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s3:models                                    | write s3://bucket",
        "s3+ftp://host/models                         | write s3://bucket",
        "s3://                                        | names no bucket",
        "s3:///models                                 | names no bucket",
        "s3+https://minio.test                        | names no bucket",
        "s3+https://minio.test/                       | names no bucket",
        "s3+https://minio.test//a                     | names no bucket",
        "s3+https:///models                           | s3+https://host[:port]/bucket",
        "s3+https://mi nio/models                     | not a URL",
        "s3+https://minio.test/a b                    | %20",
        "s3+https://minio.test/models#x               | %23",
        "s3+https://minio.test/models?zip=1           | is unknown",
        "s3+https://minio.test/models?                | write a value",
        "s3+https://minio.test/models?region=         | write a value for 'region'",
        "s3+https://minio.test/models?region          | write a value for 'region'",
        "s3+https://minio.test/models?region=a&region=b | given twice",
        "s3+https://minio.test/models?addressing=auto | path or virtual",
        "s3+https://minio/models?addressing=virtual   | no bucket in front",
        "s3+https://ec2.eu-west-3.amazonaws.com/models | not one of S3",
        "s3+https://models.amazonaws.com.cn/a         | not one of S3",
        "s3+https://s3.eu-west-3.amazonaws.com:8443/m | leave the port out",
        "s3+https://m.s3.amazonaws.com/a?addressing=path   | in the host's name",
        "s3+https://s3.amazonaws.com/m?addressing=virtual  | in the path",
        "s3+http://minio.test:9000/models             | --endpoint-url http://minio.test:9000",
        "s3+http://localhost.test/models              | this machine only",
        "s3+http://127.0.0.1.test/models              | this machine only",
        "s3+http://[fe80::1]/models                   | this machine only",
      })
  void whatIsNoneIsRefusedWithWhatToWrite(String url, String message) {
    assertThatThrownBy(() -> S3Address.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://AKIA:hunter2@models/a",
        "s3+https://AKIA:hunter2@minio.test/models",
        "s3+https://AKIA:hunter2@minio test/models",
        "s3+http://AKIA:hunter2@minio.test/models",
        "s3+https://AKIA:hunter2@models.s3.eu-west-3.amazonaws.com",
        "s3+ftp://AKIA:hunter2@minio.test/models",
      })
  void aLoginIsRefusedAndNotShown(String url) {
    assertThatThrownBy(() -> S3Address.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("AKIA")
        .hasMessageNotContaining("hunter2");
  }
}
