package io.sluice.store.gcs;

import io.sluice.store.Precondition;
import io.sluice.store.PutOptions;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * On which terms an object is written, which go with the request, not into the object.
 *
 * @param precondition what has to hold
 * @param acl who may read it then, as this store names it: {@code publicRead}
 */
record Terms(Precondition precondition, Optional<String> acl) {
  /** Whatever is there, and as the bucket has it. */
  static final Terms NONE = new Terms(Precondition.NONE, Optional.empty());

  private static final Pattern HUMP = Pattern.compile("-([a-z])");

  static Terms of(PutOptions options) {
    return new Terms(options.precondition(), options.attributes().acl().map(Terms::named));
  }

  /** {@code bucket-owner-read} is called {@code bucketOwnerRead} here. */
  static String named(String acl) {
    return HUMP.matcher(acl).replaceAll(hump -> hump.group(1).toUpperCase(Locale.ROOT));
  }
}
