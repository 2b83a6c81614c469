package io.sluice.upload;

import java.util.List;

/**
 * Where an upload goes, as whoever opens stores wrote it down; opaque here, and without secrets.
 *
 * @param bucket name or URL
 * @param key of the object, verbatim
 * @param connection how the bucket is reached, as options of a command line
 */
public record Destination(String bucket, String key, List<String> connection) {
  public Destination {
    if (bucket.isEmpty()) throw new IllegalArgumentException("no bucket");
    if (key.isEmpty()) throw new IllegalArgumentException("no key");
    connection = List.copyOf(connection);
  }

  public Destination(String bucket, String key) {
    this(bucket, key, List.of());
  }
}
