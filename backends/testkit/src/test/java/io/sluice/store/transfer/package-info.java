/** Tests of whole objects going to and fro. */
@NullMarked
package io.sluice.store.transfer;

import org.jspecify.annotations.NullMarked;
