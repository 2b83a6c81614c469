/** A directory of the local machine, or of a network share, as a bucket. */
@NullMarked
package io.sluice.store.local;

import org.jspecify.annotations.NullMarked;
