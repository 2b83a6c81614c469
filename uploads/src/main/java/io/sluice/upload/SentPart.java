package io.sluice.upload;

import io.sluice.store.Part;
import java.util.Optional;

/**
 * A part that the store has, and of which bytes it is made.
 *
 * @param part as the store named it; completing the upload takes exactly that
 * @param sum CRC-32C of the bytes of the file that were sent; absent where they were not looked at
 *     (another program sent them)
 */
public record SentPart(Part part, Optional<Integer> sum) {
  public int number() {
    return part.number();
  }

  public long size() {
    return part.size();
  }
}
