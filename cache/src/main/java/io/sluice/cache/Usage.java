package io.sluice.cache;

import io.sluice.cache.CacheSettings.Space;
import java.util.List;
import java.util.Optional;

/**
 * What a data directory takes.
 *
 * @param used bytes of all objects together, as accounted, with what is reserved for requests under
 *     way
 * @param space the bounds of whoever opened it last
 * @param free bytes on its disk
 * @param objects how many versions it has
 * @param owners who uses it now
 */
public record Usage(
    long used, Optional<Space> space, long free, int objects, List<OwnerInfo> owners) {
  public Usage {
    owners = List.copyOf(owners);
  }
}
