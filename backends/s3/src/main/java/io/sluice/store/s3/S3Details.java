package io.sluice.store.s3;

import io.sluice.store.ContentHeader;
import io.sluice.store.ObjectAttributes;
import io.sluice.store.ObjectDetails;
import io.sluice.store.ObjectMeta;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** What a HEAD answers, sorted into what every store has and what S3 alone has. */
final class S3Details {
  private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");

  private S3Details() {}

  static ObjectDetails of(ObjectMeta meta, HeadObjectResponse answer) {
    return new ObjectDetails(meta, attributes(answer), checksums(answer), headers(answer));
  }

  private static ObjectAttributes attributes(HeadObjectResponse answer) {
    var headers = new LinkedHashMap<ContentHeader, String>();
    put(headers, ContentHeader.CONTENT_TYPE, answer.contentType());
    put(headers, ContentHeader.CONTENT_ENCODING, answer.contentEncoding());
    put(headers, ContentHeader.CONTENT_LANGUAGE, answer.contentLanguage());
    put(headers, ContentHeader.CONTENT_DISPOSITION, answer.contentDisposition());
    put(headers, ContentHeader.CACHE_CONTROL, answer.cacheControl());
    return ObjectAttributes.stored(
        headers, answer.metadata(), Optional.ofNullable(answer.storageClassAsString()));
  }

  private static <K> void put(Map<K, String> map, K key, @Nullable String value) {
    if (value != null && !value.isEmpty()) map.put(key, value);
  }

  /** Those of all bytes; a checksum of the parts' checksums ends with their number. */
  private static Map<String, String> checksums(HeadObjectResponse answer) {
    var checksums = new LinkedHashMap<String, String>();
    put(checksums, "crc32", answer.checksumCRC32());
    put(checksums, "crc32c", answer.checksumCRC32C());
    put(checksums, "crc64nvme", answer.checksumCRC64NVME());
    put(checksums, "sha1", answer.checksumSHA1());
    put(checksums, "sha256", answer.checksumSHA256());
    checksums.values().removeIf(value -> value.contains("-"));
    if ("COMPOSITE".equals(answer.checksumTypeAsString())) checksums.clear();
    md5(answer).ifPresent(value -> checksums.put("md5", value));
    return checksums;
  }

  /**
   * The ETag, where it is the MD5 of all bytes: of an object that was sent in one piece, and not
   * encrypted with a key of KMS or the caller's own (API reference: Object).
   */
  private static Optional<String> md5(HeadObjectResponse answer) {
    String tag = answer.eTag() == null ? "" : S3Store.unquoted(answer.eTag());
    boolean isOtherwiseEncrypted =
        answer.sseCustomerAlgorithm() != null
            || String.valueOf(answer.serverSideEncryptionAsString()).startsWith("aws:kms");
    if (isOtherwiseEncrypted || !MD5.matcher(tag).matches()) return Optional.empty();
    return Optional.of(Base64.getEncoder().encodeToString(HexFormat.of().parseHex(tag)));
  }

  private static Map<String, String> headers(HeadObjectResponse answer) {
    var headers = new LinkedHashMap<String, String>();
    answer
        .sdkHttpResponse()
        .forEachHeader(
            (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    return headers;
  }
}
