package io.sluice.cache;

import java.util.List;

/**
 * What a verification found.
 *
 * @param objects how many were looked at
 * @param blocks how many of their blocks
 * @param bytes of these blocks
 * @param damages objects with something wrong, in no order
 */
public record Verification(int objects, long blocks, long bytes, List<Damage> damages) {
  /**
   * Something is wrong with an object.
   *
   * @param blocks whose checksum is wrong, or that cannot be read; 0 where its description or its
   *     map is damaged
   */
  public record Damage(CachedVersion version, long blocks) {}

  /** Is told how it goes on, by several threads at once. */
  @FunctionalInterface
  public interface Progress {
    /** So many bytes more of this object have been looked at. */
    void verified(CachedVersion version, long bytes);
  }

  public Verification {
    damages = List.copyOf(damages);
  }
}
