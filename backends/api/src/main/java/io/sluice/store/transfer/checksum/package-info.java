/** The checksums that stores keep of objects, and how they are taken from bytes. */
@NullMarked
package io.sluice.store.transfer.checksum;

import org.jspecify.annotations.NullMarked;
