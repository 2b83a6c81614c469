/** A directory as a bucket; here, because the contract suite depends on the module it tests. */
@NullMarked
package io.sluice.store.local;

import org.jspecify.annotations.NullMarked;
