package io.sluice.store.s3;

import io.sluice.store.ContentHeader;
import io.sluice.store.ObjectAttributes;
import io.sluice.store.ObjectDetails;
import io.sluice.store.ObjectMeta;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** What a HEAD answers, sorted into what every store has and what S3 alone has. */
final class S3Details {
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
    return checksums;
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
