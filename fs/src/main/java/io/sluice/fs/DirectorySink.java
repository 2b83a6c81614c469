package io.sluice.fs;

/** Takes directory entries until it is full. */
@FunctionalInterface
public interface DirectorySink {
  /**
   * Offers one entry.
   *
   * @param nextOffset where a later readdir goes on after this entry
   * @return false where the entry did not fit and was not taken
   */
  boolean add(String name, Attributes attributes, long nextOffset);
}
