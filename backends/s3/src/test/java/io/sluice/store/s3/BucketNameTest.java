package io.sluice.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A typing mistake in a bucket's name is told before any request. */
final class BucketNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc",
        "my-models",
        "models.example.com",
        "0models",
        "models0",
        "a-b.c-d",
        "1.2.3"
      })
  void mayBeAName(String name) {
    assertThat(BucketName.problem(name)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ab, it has 2 characters",
    "Models, only lower-case letters",
    "my_models, only lower-case letters",
    "my models, only lower-case letters",
    "s3://models, only lower-case letters",
    "models/prefix, only lower-case letters",
    "-models, a letter or digit at both ends",
    "models-, a letter or digit at both ends",
    ".models, a letter or digit at both ends",
    "modèles, only lower-case letters",
    "a..b, two dots in a row",
    "192.168.5.4, it is an IP address",
    "xn--models, reserved xn--",
    "sthree-models, reserved sthree-",
    "amzn-s3-demo-models, reserved amzn-s3-demo-",
    "models--x-s3, reserved --x-s3",
    "models-s3alias, reserved -s3alias",
    "models--ol-s3, reserved --ol-s3",
    "models.mrap, reserved .mrap",
    "models--table-s3, reserved --table-s3",
  })
  void isNoNameAndTheReasonIsTold(String name, String reason) {
    assertThat(BucketName.problem(name).orElse("nothing is wrong")).contains(reason);
  }

  @Test
  void has63CharactersAtMost() {
    assertThat(BucketName.problem("a".repeat(63))).isEmpty();
    assertThat(BucketName.problem("a".repeat(64)).orElse("")).contains("64 characters");
    assertThat(BucketName.problem("").orElse("")).contains("0 characters");
  }
}
