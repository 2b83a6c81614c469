package io.sluice.store.transfer;

import io.sluice.store.ObjectDetails;
import io.sluice.store.ObjectStore;
import io.sluice.store.StoreException;
import io.sluice.store.transfer.checksum.Algorithm;
import io.sluice.store.transfer.checksum.Expected;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The checksum of parts' checksums that S3 keeps of objects that were uploaded in parts, and their
 * ETags, which are such ones of MD5s, unless a key of KMS or of the caller encrypts the object
 * ("Checking object integrity" in the S3 User Guide). Takes the sizes of the parts, so it is for
 * where there is no checksum of all bytes.
 */
public final class SumsOfParts implements Expecting {
  private static final Pattern ETAG = Pattern.compile("[0-9a-f]{32}-\\d{1,5}");
  private static final String ENCRYPTION = "x-amz-server-side-encryption";

  private final ObjectStore store;

  /** Of objects in this store. */
  public SumsOfParts(ObjectStore store) {
    this.store = store;
  }

  @Override
  public Optional<Expected> of(ObjectDetails object) throws StoreException {
    for (Algorithm algorithm : Algorithm.values()) {
      Optional<String> text = kept(algorithm, object);
      if (text.isPresent())
        return Expected.ofParts(
            algorithm, text.get(), "the store", store.partSizes(object.meta().version()));
    }
    return Optional.empty();
  }

  private static Optional<String> kept(Algorithm algorithm, ObjectDetails object) {
    Map<String, String> headers = object.headers();
    if (algorithm == Algorithm.MD5) return etag(object);
    String name = "x-amz-checksum-" + algorithm.key().toLowerCase(Locale.ROOT);
    return Optional.ofNullable(headers.get(name)).filter(text -> text.contains("-"));
  }

  /** The ETag, where it is the MD5 of MD5s. */
  static Optional<String> etag(ObjectDetails object) {
    return Optional.of(object.meta().version().tag())
        .filter(tag -> ETAG.matcher(tag).matches() && !isOtherwiseEncrypted(object.headers()));
  }

  private static boolean isOtherwiseEncrypted(Map<String, String> headers) {
    return headers.getOrDefault(ENCRYPTION, "").startsWith("aws:kms")
        || headers.containsKey(ENCRYPTION + "-customer-algorithm");
  }
}
