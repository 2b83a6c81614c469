package io.sluice.upload;

import io.sluice.store.UploadId;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far an upload is: all that has to be known to go on with it. A value; {@link StateFile} keeps
 * it on disk.
 *
 * @param upload as the store named it; absent before it did
 * @param parts that the store has, by number
 */
public record UploadState(
    UploadHead head, Optional<UploadId> upload, SortedMap<Integer, SentPart> parts) {
  public UploadState {
    parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    parts.forEach(
        (number, part) -> {
          if (part.number() != number || part.size() != head.plan().range(number).length())
            throw new IllegalArgumentException("not part %d: %s".formatted(number, part));
        });
  }

  /** Nothing was asked for yet. */
  public static UploadState begin(UploadHead head) {
    return new UploadState(head, Optional.empty(), new TreeMap<>());
  }

  UploadState with(UploadHead other) {
    return new UploadState(other, upload, parts);
  }

  UploadState with(UploadId begun) {
    return new UploadState(head, Optional.of(begun), parts);
  }

  UploadState with(Map<Integer, SentPart> others) {
    return new UploadState(head, upload, new TreeMap<>(others));
  }

  /** How many bytes the store has. */
  public long bytes() {
    return parts.values().stream().mapToLong(SentPart::size).sum();
  }

  public boolean hasAll() {
    return parts.size() == head.plan().parts();
  }
}
