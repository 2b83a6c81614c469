/** Conveniences beside the store: whole objects to and from files, arrays and streams. */
@NullMarked
package io.sluice.store.transfer;

import org.jspecify.annotations.NullMarked;
