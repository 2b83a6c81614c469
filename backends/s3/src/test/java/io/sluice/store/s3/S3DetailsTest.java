package io.sluice.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectVersion;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Which checksums an answer tells of all bytes. */
final class S3DetailsTest {
  private static final String MD5 = "5d41402abc4b2a76b9719d911017c592";

  @Test
  void anEtagThatIsAnMd5IsOne() {
    assertThat(checksums(HeadObjectResponse.builder().eTag('"' + MD5 + '"')))
        .isEqualTo(Map.of("md5", "XUFAKrxLKna5cZ2REBfFkg=="));
  }

  @ParameterizedTest
  @CsvSource({"-2, ", "X, ", "'', aws:kms", "'', aws:kms:dsse"})
  void anotherEtagIsNone(String end, String encryption) {
    HeadObjectResponse.Builder answer = HeadObjectResponse.builder().eTag('"' + MD5 + end + '"');
    if (encryption != null) answer.serverSideEncryption(encryption);
    assertThat(checksums(answer)).isEmpty();
  }

  @Test
  void norIsTheEtagOfWhatIsEncryptedWithTheCallersOwnKey() {
    assertThat(checksums(HeadObjectResponse.builder().eTag(MD5).sseCustomerAlgorithm("AES256")))
        .isEmpty();
  }

  @Test
  void checksumsOfPartsAreNoneOfAllBytes() {
    HeadObjectResponse.Builder answer =
        HeadObjectResponse.builder().eTag(MD5 + "-2").checksumSHA256("AAAA-2");
    assertThat(checksums(answer)).isEmpty();
  }

  private static Map<String, String> checksums(HeadObjectResponse.Builder answer) {
    answer.sdkHttpResponse(SdkHttpResponse.builder().statusCode(200).build());
    var meta = new ObjectMeta(new ObjectVersion("k", "t", 1), Instant.EPOCH);
    return S3Details.of(meta, answer.build()).checksums();
  }
}
