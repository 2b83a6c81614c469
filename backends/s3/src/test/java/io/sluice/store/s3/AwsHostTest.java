package io.sluice.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bucket and region in the names of AWS's hosts. */
final class AwsHostTest {
  @ParameterizedTest
  @CsvSource({
    "s3.amazonaws.com, '', ''",
    "s3.eu-west-3.amazonaws.com, '', eu-west-3",
    "s3-eu-west-3.amazonaws.com, '', eu-west-3",
    "models.s3.amazonaws.com, models, ''",
    "models.s3.eu-west-3.amazonaws.com, models, eu-west-3",
    "models.s3-eu-west-3.amazonaws.com, models, eu-west-3",
    "MODELS.S3.EU-WEST-3.amazonaws.com, models, eu-west-3",
    "models.v2.s3.eu-west-3.amazonaws.com, models.v2, eu-west-3",
    "a.s3.b.s3.eu-west-3.amazonaws.com, a.s3.b, eu-west-3",
    "s3.s3.eu-west-3.amazonaws.com, s3, eu-west-3",
    "models.s3.cn-north-1.amazonaws.com.cn, models, cn-north-1",
    "models.s3.us-gov-west-1.amazonaws.com, models, us-gov-west-1",
    "models.s3.eusc-de-east-1.amazonaws.eu, models, eusc-de-east-1",
    "s3.dualstack.eu-west-3.amazonaws.com, '', eu-west-3",
    "models.s3.dualstack.eu-west-3.amazonaws.com, models, eu-west-3",
    "models.s3-fips.us-east-1.amazonaws.com, models, us-east-1",
    "models.s3-fips.dualstack.us-east-1.amazonaws.com, models, us-east-1",
  })
  void aHostOfS3SaysWhatItIs(String host, String bucket, String region) {
    AwsHost parsed = AwsHost.parse(host).orElseThrow();
    assertThat(parsed.bucket().orElse("")).isEqualTo(bucket);
    assertThat(parsed.region().orElse("")).isEqualTo(region);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ec2.eu-west-3.amazonaws.com",
        "models.execute-api.eu-west-3.amazonaws.com",
        "s3x.eu-west-3.amazonaws.com",
        "s3.eu-west-3.example.com",
        "amazonaws.com",
        "localhost"
      })
  void otherHostsAreNoneOfS3(String host) {
    assertThat(AwsHost.parse(host)).isEmpty();
  }

  @Test
  void aNameThatOnlyLooksLikeItIsNotAws() {
    assertThat(AwsHost.isAws("ec2.eu-west-3.amazonaws.com")).isTrue();
    assertThat(AwsHost.isAws("not-amazonaws.com")).isFalse();
    assertThat(AwsHost.isAws("s3.amazonaws.com.example.com")).isFalse();
  }
}
