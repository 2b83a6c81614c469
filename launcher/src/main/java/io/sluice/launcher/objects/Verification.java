package io.sluice.launcher.objects;

import io.sluice.store.ObjectDetails;
import io.sluice.store.transfer.Expecting;
import io.sluice.store.transfer.checksum.Expected;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an object is compared with: the checksum that its store keeps, else one that lies elsewhere,
 * in the order given. Remembers which one it was. For one download.
 */
final class Verification implements Expecting {
  private static final Logger LOG = LoggerFactory.getLogger(Verification.class);

  private final Consumer<ObjectDetails> found;
  private final Expecting[] places;
  private volatile @Nullable Expected chosen;

  /**
   * Looks into these places, until one has a checksum.
   *
   * @param found is told of the object before anything else
   */
  Verification(Consumer<ObjectDetails> found, Expecting... places) {
    this.found = found;
    this.places = places;
  }

  @Override
  public Optional<Expected> of(ObjectDetails object) throws IOException {
    object.headers().forEach((name, value) -> LOG.debug("{}: {}", name, value));
    found.accept(object);
    Optional<Expected> first = Optional.empty();
    for (Expecting place : places) {
      first = place.of(object);
      if (first.isPresent()) break;
    }
    chosen = first.orElse(null);
    return first;
  }

  /** What was compared, for people and programs. */
  String compared() {
    Expected expected = chosen;
    return expected == null ? "not compared" : expected.toString();
  }
}
