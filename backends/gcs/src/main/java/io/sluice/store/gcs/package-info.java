/** Google Cloud Storage, and what speaks its JSON protocol, behind an object store. */
@NullMarked
package io.sluice.store.gcs;

import org.jspecify.annotations.NullMarked;
