/**
 * The data directory: one sparse file per object version, its block map, eviction; and the engine
 * that decides what to fetch next and fetches it. {@link io.sluice.cache.BlockCache} is the door.
 */
@NullMarked
package io.sluice.cache;

import org.jspecify.annotations.NullMarked;
