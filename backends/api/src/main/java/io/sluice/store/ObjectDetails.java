package io.sluice.store;

import java.util.Map;

/**
 * All that a store tells about an object.
 *
 * @param meta version, size and time
 * @param attributes as they were given when it was written, without its tags
 * @param checksums of the whole object, in Base64, by algorithm: {@code crc32c}, {@code crc64nvme},
 *     {@code sha256}, {@code md5}, ...; only those that the store keeps
 * @param headers everything else it says, by the header's name in lower case: encryption, locks,
 *     replication, restoring, number of parts, version, checksums of checksums
 */
public record ObjectDetails(
    ObjectMeta meta,
    ObjectAttributes attributes,
    Map<String, String> checksums,
    Map<String, String> headers) {
  public ObjectDetails {
    checksums = Map.copyOf(checksums);
    headers = Map.copyOf(headers);
  }
}
