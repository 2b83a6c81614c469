package io.sluice.store.transfer;

import io.sluice.store.ObjectDetails;
import io.sluice.store.StoreException;
import io.sluice.store.transfer.checksum.Algorithm;
import io.sluice.store.transfer.checksum.Expected;
import java.io.IOException;
import java.util.Optional;

/**
 * Sees an object before its bytes are asked for, and says which checksum they should have. Asked
 * again where the object was replaced meanwhile.
 */
@FunctionalInterface
public interface Expecting {
  /** What the store itself keeps of all bytes; nothing where it keeps no such checksum. */
  Expecting WHAT_THE_STORE_KEEPS = Expecting::kept;

  /** Nothing is compared. */
  Expecting NOTHING = _ -> Optional.empty();

  Optional<Expected> of(ObjectDetails object) throws IOException;

  /** The first in the order of {@link Algorithm}. */
  private static Optional<Expected> kept(ObjectDetails object) throws StoreException {
    for (Algorithm algorithm : Algorithm.values()) {
      String text = object.checksums().get(algorithm.key());
      if (text == null) continue;
      Optional<Expected> expected = Expected.whole(algorithm, text, "the store");
      if (expected.isEmpty())
        throw new StoreException.Invalid(
            "the store's %s of %s is none: '%s'"
                .formatted(algorithm.title(), object.meta().key(), text),
            null);
      return expected;
    }
    return Optional.empty();
  }
}
