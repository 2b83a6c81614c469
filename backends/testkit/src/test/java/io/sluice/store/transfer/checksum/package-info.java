/** Checksums against known values. */
@NullMarked
package io.sluice.store.transfer.checksum;

import org.jspecify.annotations.NullMarked;
