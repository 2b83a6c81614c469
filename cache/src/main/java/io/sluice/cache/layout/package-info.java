/**
 * What a model file's own header says about the order in which its bytes will be read, and what its
 * name says about the files that are read next; pure, no I/O. {@link
 * io.sluice.cache.layout.LayoutSearch} and {@link io.sluice.cache.layout.Shard} are the doors.
 */
@NullMarked
package io.sluice.cache.layout;

import org.jspecify.annotations.NullMarked;
