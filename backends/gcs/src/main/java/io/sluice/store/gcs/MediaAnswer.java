package io.sluice.store.gcs;

import com.google.api.client.http.HttpHeaders;
import io.sluice.store.ByteRange;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import io.sluice.store.StoredCrc32c;
import java.util.Optional;

/**
 * The headers before a body, held against what was asked: a server that ignores the range or the
 * condition must not give us other bytes than we asked for.
 */
record MediaAnswer(int status, HttpHeaders headers) {
  private static final String GENERATION = "x-goog-generation";
  private static final String HASHES = "x-goog-hash";

  /** Returns where the body is the range of the version. */
  void check(ObjectVersion version, ByteRange range, GcsErrors errors) throws StoreException {
    String subject = errors.subject("GET", version.key());
    if (headers.getFirstHeaderStringValue(GENERATION) == null)
      throw wrong(subject, "no " + GENERATION);
    checkGeneration(headers, version, errors);
    String expected = "bytes %d-%d/%d".formatted(range.start(), range.end() - 1, version.size());
    String given = headers.getContentRange();
    if (given == null || status != 206) {
      if (!range.equals(version.all()))
        throw wrong(subject, "the answer is not the range " + range);
    } else if (!given.equals(expected)) {
      throw wrong(subject, "asked for " + expected + ", got " + given);
    }
    Long length = headers.getContentLength();
    if (length == null || length != range.length())
      throw wrong(subject, "Content-Length is not " + range.length());
  }

  /** Returns where an answer is about this version, or does not tell. */
  static void checkGeneration(HttpHeaders headers, ObjectVersion version, GcsErrors errors)
      throws StoreException {
    String generation = headers.getFirstHeaderStringValue(GENERATION);
    if (generation != null && !generation.equals(version.tag()))
      throw new StoreException.Changed(
          "%s: it is generation %s now, no longer %s"
              .formatted(errors.subject("GET", version.key()), generation, version.tag()),
          null);
  }

  /** Of the whole object, as it is stored; absent where the server does not tell. */
  Optional<Integer> crc32c() {
    for (String header : headers.getHeaderStringValues(HASHES))
      for (String hash : header.split(",", -1))
        if (hash.strip().startsWith("crc32c="))
          return StoredCrc32c.decoded(hash.strip().substring(7));
    return Optional.empty();
  }

  private static StoreException wrong(String subject, String what) {
    return new StoreException.Invalid(subject + ": not an answer of Cloud Storage: " + what, null);
  }
}
